/** The way through a numbered list whose filter and page stand in the address: what the page's `navigate` does, narrowed down. */
export function listMoves<Filter extends { page?: number | undefined }>(
  navigate: (to: { search: (now: Filter) => Filter; replace?: boolean }) => unknown,
) {
  return {
    /** Narrows the list down, from its first page, in the place of what was asked before. */
    change: (filter: Partial<Filter>): void =>
      void navigate({ search: (now) => ({ ...now, page: undefined, ...filter }), replace: true }),
    /** Goes to a page; the first needs no word. */
    toPage: (page: number): void =>
      void navigate({ search: (now) => ({ ...now, page: page === 1 ? undefined : page }) }),
  };
}
