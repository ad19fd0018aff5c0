import { z } from 'zod';

/** How a short link of a flow was taken up: people who got one, people who tapped it, looks by programs. */
const linkFiguresSchema = z.object({
  node: z.string(),
  name: z.string(),
  made: z.number().int(),
  clicked: z.number().int(),
  scans: z.number().int(),
});
/** GET /api/flows/:id/links */
export const flowLinksSchema = z.object({ items: z.array(linkFiguresSchema) });

export type FlowLinks = z.infer<typeof flowLinksSchema>;
