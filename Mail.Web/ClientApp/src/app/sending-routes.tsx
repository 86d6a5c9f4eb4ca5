import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { consoleRoute, text } from './console-route';
import { words } from './words';

const relaysRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/relays',
  loader: words('relays'),
  component: lazyRouteComponent(
    () => import('@/features/relays/components/relay-list-page'),
    'RelayListPage',
  ),
});

const newRelayRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/relays/new',
  loader: words('relays'),
  component: lazyRouteComponent(() => import('@/features/relays/components/new-relay-page'), 'NewRelayPage'),
});

const relayRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/relays/$relayId',
  loader: words('relays'),
  component: lazyRouteComponent(() => import('@/features/relays/components/relay-page'), 'RelayPage'),
});

const domainsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/domains',
  loader: words('domains'),
  component: lazyRouteComponent(
    () => import('@/features/domains/components/domain-list-page'),
    'DomainListPage',
  ),
});

const domainRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/domains/$domainId',
  loader: words('domains'),
  component: lazyRouteComponent(() => import('@/features/domains/components/domain-page'), 'DomainPage'),
});

const suppressionsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/suppressions',
  loader: words('suppressions'),
  validateSearch: z.object({ email: text, reason: text, after: text, before: text }),
  component: lazyRouteComponent(
    () => import('@/features/suppressions/components/suppression-list-page'),
    'SuppressionListPage',
  ),
});

const alertsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/alerts',
  loader: words('alerts'),
  component: lazyRouteComponent(
    () => import('@/features/alerts/components/alert-list-page'),
    'AlertListPage',
  ),
});

/** By what, as whom and to whom mail goes. */
export const sendingRoutes = [
  relaysRoute,
  newRelayRoute,
  relayRoute,
  domainsRoute,
  domainRoute,
  suppressionsRoute,
  alertsRoute,
] as const;
