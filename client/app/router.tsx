import { createRouter } from '@tanstack/react-router';
import { createQueryClient } from './query-client.ts';
import { ErrorPage, PageLoading } from './error-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { routeTree } from './routes.tsx';

/** Addresses and pages. A page's code is fetched when somebody points at a link to it. */
export const router = createRouter({
  routeTree,
  context: { queryClient: createQueryClient(() => signedOut()) },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
  defaultPendingComponent: PageLoading,
  // What a newsletter or a colleague’s tool hung on to an address is no filter of a list.
  search: { strict: true },
  scrollRestoration: true,
  scrollToTopSelectors: ['#page'],
});

export const { queryClient } = router.options.context;

/** The session ended while a page was open: sign in, then come back here. */
function signedOut(): void {
  const { pathname, href } = router.state.location;
  if (pathname.startsWith('/sign-in')) return;
  void router.navigate({ to: '/sign-in', search: { next: href } }).then(() => queryClient.clear());
}

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
