import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { consoleRoute, text } from './console-route';

const teamRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/team',
  component: lazyRouteComponent(() => import('@/features/team/components/team-page'), 'TeamPage'),
});

const appAccountsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/app-accounts',
  component: lazyRouteComponent(
    () => import('@/features/app-accounts/components/app-accounts-page'),
    'AppAccountsPage',
  ),
});

const auditRoute = createRoute({
  getParentRoute: () => consoleRoute,
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
  getParentRoute: () => consoleRoute,
  path: '/privacy',
  component: lazyRouteComponent(() => import('@/features/privacy/components/privacy-page'), 'PrivacyPage'),
});

const goLiveRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/go-live',
  component: lazyRouteComponent(() => import('@/features/go-live/components/go-live-page'), 'GoLivePage'),
});

const accountRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/account',
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
