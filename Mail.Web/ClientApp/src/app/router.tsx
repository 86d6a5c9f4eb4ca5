import {
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  type RouterHistory,
} from '@tanstack/react-router';
import { z } from 'zod';
import { consoleRoute, rootRoute, text } from './console-route';
import { flowRoutes } from './flow-routes';
import { NotFoundPage } from './not-found-page';
import { RouteProblem } from './route-problem';
import { SettingsLayout } from './settings-layout';

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: z.object({
    /** The page to go back to, an address within the console. */
    next: text,
    reason: z.literal('expired').optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('@/features/auth/components/sign-in-page'), 'SignInPage'),
});

const forgotPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgot-password',
  validateSearch: z.object({ reason: z.literal('secured').optional().catch(undefined) }),
  component: lazyRouteComponent(
    () => import('@/features/auth/components/forgot-password-page'),
    'ForgotPasswordPage',
  ),
});

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation',
  component: lazyRouteComponent(() => import('@/features/auth/components/invitation-page'), 'InvitationPage'),
});

const homeRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/',
  component: () => <Navigate to="/messages" replace />,
});

const messagesRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/messages',
  validateSearch: z.object({ status: text, to: text, after: text, before: text }),
  component: lazyRouteComponent(
    () => import('@/features/messages/components/message-list-page'),
    'MessageListPage',
  ),
});

const messageRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/messages/$messageId',
  validateSearch: z.object({ part: z.enum(['html', 'text', 'raw']).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('@/features/messages/components/message-page'), 'MessagePage'),
});

const alertsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/alerts',
  component: lazyRouteComponent(
    () => import('@/features/alerts/components/alert-list-page'),
    'AlertListPage',
  ),
});

const suppressionsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/suppressions',
  validateSearch: z.object({ email: text, reason: text, after: text, before: text }),
  component: lazyRouteComponent(
    () => import('@/features/suppressions/components/suppression-list-page'),
    'SuppressionListPage',
  ),
});

const settingsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  id: 'settings',
  component: SettingsLayout,
});

const teamRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/team',
  component: lazyRouteComponent(() => import('@/features/team/components/team-page'), 'TeamPage'),
});

const apiKeysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/api-keys',
  component: lazyRouteComponent(
    () => import('@/features/api-keys/components/api-key-list-page'),
    'ApiKeyListPage',
  ),
});

const auditRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/audit-log',
  validateSearch: z.object({
    action: text,
    actor_id: text,
    subject_id: text,
    since: text,
    until: text,
    after: text,
  }),
  component: lazyRouteComponent(() => import('@/features/audit/components/audit-page'), 'AuditPage'),
});

const privacyRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/privacy',
  component: lazyRouteComponent(() => import('@/features/privacy/components/privacy-page'), 'PrivacyPage'),
});

const appAccountsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/app-accounts',
  component: lazyRouteComponent(
    () => import('@/features/app-accounts/components/app-accounts-page'),
    'AppAccountsPage',
  ),
});

const goLiveRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/go-live',
  component: lazyRouteComponent(() => import('@/features/go-live/components/go-live-page'), 'GoLivePage'),
});

const relaysRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/relays',
  component: lazyRouteComponent(
    () => import('@/features/relays/components/relay-list-page'),
    'RelayListPage',
  ),
});

const newRelayRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/relays/new',
  component: lazyRouteComponent(() => import('@/features/relays/components/new-relay-page'), 'NewRelayPage'),
});

const relayRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/relays/$relayId',
  component: lazyRouteComponent(() => import('@/features/relays/components/relay-page'), 'RelayPage'),
});

const domainsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/domains',
  component: lazyRouteComponent(
    () => import('@/features/domains/components/domain-list-page'),
    'DomainListPage',
  ),
});

const domainRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/domains/$domainId',
  component: lazyRouteComponent(() => import('@/features/domains/components/domain-page'), 'DomainPage'),
});

const webhooksRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/webhooks',
  component: lazyRouteComponent(
    () => import('@/features/webhooks/components/webhook-list-page'),
    'WebhookListPage',
  ),
});

const newWebhookRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/webhooks/new',
  component: lazyRouteComponent(
    () => import('@/features/webhooks/components/new-webhook-page'),
    'NewWebhookPage',
  ),
});

const webhookRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/webhooks/$webhookId',
  component: lazyRouteComponent(() => import('@/features/webhooks/components/webhook-page'), 'WebhookPage'),
});

const accountRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('@/features/account/components/account-page'), 'AccountPage'),
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  forgotPasswordRoute,
  invitationRoute,
  consoleRoute.addChildren([
    homeRoute,
    messagesRoute,
    messageRoute,
    suppressionsRoute,
    settingsRoute.addChildren([
      teamRoute,
      apiKeysRoute,
      auditRoute,
      privacyRoute,
      appAccountsRoute,
      goLiveRoute,
    ]),
    relaysRoute,
    newRelayRoute,
    relayRoute,
    domainsRoute,
    domainRoute,
    alertsRoute,
    webhooksRoute,
    newWebhookRoute,
    webhookRoute,
    flowRoutes,
    accountRoute,
  ]),
]);

// Plain text in the address (?to=42) in place of the router's JSON, so that people can read and write it.
const parseSearch = (search: string) => Object.fromEntries(new URLSearchParams(search));

const stringifySearch = (search: Record<string, unknown>) => {
  const given = Object.entries(search).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
};

/** @param history in tests, one in memory */
export function createAppRouter(history?: RouterHistory) {
  const router = createRouter({
    routeTree,
    history,
    parseSearch,
    stringifySearch,
    defaultErrorComponent: RouteProblem,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  });
  router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
    // A screen reader hears where a link has led. Not on the first page: there the browser itself reads the document.
    if (fromLocation && pathChanged) document.querySelector('h1')?.focus({ preventScroll: true });
  });
  return router;
}

export type AppRouter = ReturnType<typeof createAppRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
}
