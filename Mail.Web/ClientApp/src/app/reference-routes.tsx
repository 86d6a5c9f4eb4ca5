import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { consoleRoute, text } from './console-route';
import { words } from './words';

const smtpRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/smtp',
  loader: words('smtp'),
  component: lazyRouteComponent(() => import('@/features/smtp/components/smtp-page'), 'SmtpPage'),
});

const logsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/logs',
  loader: words('logs'),
  validateSearch: z.object({
    status: text,
    method: text,
    path: text,
    key_id: text,
    since: text,
    until: text,
    after: text,
  }),
  component: lazyRouteComponent(() => import('@/features/logs/components/log-list-page'), 'LogListPage'),
});

const logRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/logs/$logId',
  loader: words('logs'),
  component: lazyRouteComponent(() => import('@/features/logs/components/log-page'), 'LogPage'),
});

const referenceRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/reference',
  loader: words('reference'),
  validateSearch: z.object({ q: text }),
  component: lazyRouteComponent(
    () => import('@/features/reference/components/reference-page'),
    'ReferencePage',
  ),
});

const operationRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/reference/$operationId',
  loader: words('reference'),
  component: lazyRouteComponent(
    () => import('@/features/reference/components/operation-page'),
    'OperationPage',
  ),
});

/** How programs send, and what they did. */
export const referenceRoutes = [smtpRoute, logsRoute, logRoute, referenceRoute, operationRoute] as const;
