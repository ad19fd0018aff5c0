import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { firstWord } from '#flows/definition/change-word.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { type FlowTemplate, templateSchema } from '#shared/api/flows.ts';
import { Api } from '../web/api.ts';
import { readDefinition } from './definition-door.ts';

/** The templates, for the dialog that makes a flow. */
@Controller('api/templates')
export class TemplatesController {
  @Get()
  @Api({ summary: 'The flows to start from', returns: z.array(templateSchema) })
  async list(): Promise<FlowTemplate[]> {
    return TEMPLATES.map(({ id, title, summary, definition, conversations, lists, contests, vouchers }) => ({
      id,
      title,
      summary,
      definition,
      keyword: firstWord(readDefinition(definition).definition),
      conversations,
      needs: { lists, contests, vouchers },
    }));
  }
}
