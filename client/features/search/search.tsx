import { spotlight } from '@mantine/spotlight';

/** Opens the search over everything. */
export const openSearch = (): void => spotlight.open();

export function Search() {
  return null;
}
