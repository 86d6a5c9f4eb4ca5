import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { consoleRoute, text } from './console-route';
import { words } from './words';

const teamRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/team',
  loader: words('team'),
  component: lazyRouteComponent(() => import('@/features/team/components/team-page'), 'TeamPage'),
});

const appAccountsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/app-accounts',
  loader: words('appAccounts'),
  component: lazyRouteComponent(
    () => import('@/features/app-accounts/components/app-accounts-page'),
    'AppAccountsPage',
  ),
});

const auditRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/audit-log',
  loader: words('audit'),
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
  getParentRoute: () => consoleRoute,
  path: '/privacy',
  loader: words('privacy'),
  component: lazyRouteComponent(() => import('@/features/privacy/components/privacy-page'), 'PrivacyPage'),
});

const goLiveRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/go-live',
  loader: words('goLive'),
  component: lazyRouteComponent(() => import('@/features/go-live/components/go-live-page'), 'GoLivePage'),
});

const accountRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/account',
  loader: words('account'),
  component: lazyRouteComponent(() => import('@/features/account/components/account-page'), 'AccountPage'),
});

/** The project, its people, and the own account. */
export const settingsRoutes = [
  teamRoute,
  appAccountsRoute,
  auditRoute,
  privacyRoute,
  goLiveRoute,
  accountRoute,
] as const;
