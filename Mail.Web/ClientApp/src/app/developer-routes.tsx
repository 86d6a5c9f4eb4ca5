import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { consoleRoute } from './console-route';
import { words } from './words';

const apiKeysRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/api-keys',
  loader: words('apiKeys'),
  component: lazyRouteComponent(
    () => import('@/features/api-keys/components/api-key-list-page'),
    'ApiKeyListPage',
  ),
});

const webhooksRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/webhooks',
  loader: words('webhooks'),
  component: lazyRouteComponent(
    () => import('@/features/webhooks/components/webhook-list-page'),
    'WebhookListPage',
  ),
});

const newWebhookRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/webhooks/new',
  loader: words('webhooks'),
  component: lazyRouteComponent(
    () => import('@/features/webhooks/components/new-webhook-page'),
    'NewWebhookPage',
  ),
});

const webhookRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/webhooks/$webhookId',
  loader: words('webhooks'),
  component: lazyRouteComponent(() => import('@/features/webhooks/components/webhook-page'), 'WebhookPage'),
});

/** What programs need to send and to hear. */
export const developerRoutes = [apiKeysRoute, webhooksRoute, newWebhookRoute, webhookRoute] as const;
