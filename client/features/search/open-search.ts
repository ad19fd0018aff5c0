import { createSpotlight } from '@mantine/spotlight';

const [store, actions] = createSpotlight();

/** Whether the search is open, and which line is chosen. */
export const searchStore = store;

/** Opens the search over everything. */
export const openSearch = (): void => actions.open();
