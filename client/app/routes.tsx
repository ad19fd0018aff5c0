import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import { SIGN_IN_PATH } from '#shared/api/session.ts';
import { isSignedOut } from '../lib/api/api-error.ts';
import { sessionQuery } from '../lib/queries/session-queries.ts';
import { WholePageError } from './error-page.tsx';
import { WholePageNotFound } from './not-found-page.tsx';
import { Root } from './root.tsx';
import {
  campaignsSearch,
  contactsSearch,
  contestsSearch,
  editorSearch,
  flowsSearch,
  inboxSearch,
  liveSearch,
  messagesSearch,
  resultSearch,
  runsSearch,
  signInSearch,
  surveySearch,
  vouchersSearch,
} from './search-params.ts';
import { Shell } from './shell/shell.tsx';

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Root,
  errorComponent: WholePageError,
  notFoundComponent: WholePageNotFound,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: SIGN_IN_PATH,
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import('../features/sign-in/sign-in-page.tsx'), 'SignInPage'),
});

/** Everything behind the sign-in: nothing in it is drawn before the session is known. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  errorComponent: WholePageError,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(sessionQuery);
    } catch (error) {
      if (!isSignedOut(error)) throw error;
      const next = location.href === '/' ? undefined : location.href;
      throw redirect({ to: '/sign-in', search: { next } });
    }
  },
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/flows' });
  },
});

const flows = createRoute({
  getParentRoute: () => shell,
  path: '/flows',
  validateSearch: flowsSearch,
  component: lazyRouteComponent(() => import('../features/flows/flows-page.tsx'), 'FlowsPage'),
});

const editor = createRoute({
  getParentRoute: () => shell,
  path: '/flows/$flowId',
  validateSearch: editorSearch,
  component: lazyRouteComponent(() => import('./editor-route.tsx'), 'EditorRoute'),
});

const live = createRoute({
  getParentRoute: () => shell,
  path: '/live',
  validateSearch: liveSearch,
  component: lazyRouteComponent(() => import('../features/live/live-page.tsx'), 'LivePage'),
});

const results = createRoute({
  getParentRoute: () => shell,
  path: '/results',
  component: lazyRouteComponent(() => import('../features/results/results-page.tsx'), 'ResultsPage'),
});

const result = createRoute({
  getParentRoute: () => shell,
  path: '/results/$key',
  validateSearch: resultSearch,
  component: lazyRouteComponent(() => import('../features/results/experiment-page.tsx'), 'ExperimentPage'),
});

const survey = createRoute({
  getParentRoute: () => shell,
  path: '/results/scores/$flowId/$answer',
  validateSearch: surveySearch,
  component: lazyRouteComponent(() => import('../features/results/survey-page.tsx'), 'SurveyPage'),
});

const messages = createRoute({
  getParentRoute: () => shell,
  path: '/messages',
  validateSearch: messagesSearch,
  component: lazyRouteComponent(() => import('../features/messages/messages-page.tsx'), 'MessagesPage'),
});

const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/inbox',
  validateSearch: inboxSearch,
  component: lazyRouteComponent(() => import('../features/inbox/inbox-page.tsx'), 'InboxPage'),
});

const campaigns = createRoute({
  getParentRoute: () => shell,
  path: '/campaigns',
  validateSearch: campaignsSearch,
  component: lazyRouteComponent(() => import('../features/campaigns/campaigns-page.tsx'), 'CampaignsPage'),
});

const campaign = createRoute({
  getParentRoute: () => shell,
  path: '/campaigns/$campaignId',
  component: lazyRouteComponent(() => import('../features/campaigns/campaign-page.tsx'), 'CampaignPage'),
});

const contacts = createRoute({
  getParentRoute: () => shell,
  path: '/contacts',
  validateSearch: contactsSearch,
  component: lazyRouteComponent(() => import('../features/contacts/contacts-page.tsx'), 'ContactsPage'),
});

const contact = createRoute({
  getParentRoute: () => shell,
  path: '/contacts/$contactId',
  component: lazyRouteComponent(() => import('../features/contacts/contact-page.tsx'), 'ContactPage'),
});

const contests = createRoute({
  getParentRoute: () => shell,
  path: '/contests',
  validateSearch: contestsSearch,
  component: lazyRouteComponent(() => import('../features/contests/contests-page.tsx'), 'ContestsPage'),
});

const contest = createRoute({
  getParentRoute: () => shell,
  path: '/contests/$key',
  component: lazyRouteComponent(() => import('../features/contests/contest-page.tsx'), 'ContestPage'),
});

const vouchers = createRoute({
  getParentRoute: () => shell,
  path: '/vouchers',
  validateSearch: vouchersSearch,
  component: lazyRouteComponent(() => import('../features/vouchers/vouchers-page.tsx'), 'VouchersPage'),
});

const pool = createRoute({
  getParentRoute: () => shell,
  path: '/vouchers/$key',
  component: lazyRouteComponent(() => import('../features/vouchers/pool-page.tsx'), 'PoolPage'),
});

const runs = createRoute({
  getParentRoute: () => shell,
  path: '/runs',
  validateSearch: runsSearch,
  component: lazyRouteComponent(() => import('../features/runs/runs-page.tsx'), 'RunsPage'),
});

const run = createRoute({
  getParentRoute: () => shell,
  path: '/runs/$runId',
  component: lazyRouteComponent(() => import('../features/runs/run-page.tsx'), 'RunPage'),
});

const settingsHome = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  beforeLoad: () => {
    throw redirect({ to: '/settings/$tab', params: { tab: 'senders' } });
  },
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings/$tab',
  component: lazyRouteComponent(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
});

export const routeTree = root.addChildren([
  signIn,
  shell.addChildren([
    home,
    flows,
    editor,
    live,
    results,
    result,
    survey,
    messages,
    inbox,
    campaigns,
    campaign,
    contacts,
    contact,
    contests,
    contest,
    vouchers,
    pool,
    runs,
    run,
    settingsHome,
    settings,
  ]),
]);
