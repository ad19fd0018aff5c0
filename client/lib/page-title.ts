import { useDocumentTitle } from '@mantine/hooks';

/** Names the browser's tab: "Flows · Textloom". */
export function usePageTitle(title: string): void {
  useDocumentTitle(`${title} · Textloom`);
}
