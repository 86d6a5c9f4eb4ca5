import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { consoleRoute, text } from './console-route';

const mailboxesRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/mailboxes',
  validateSearch: z.object({ status: text, provider: text, domain: text, after: text }),
  component: lazyRouteComponent(
    () => import('@/features/mailboxes/components/mailbox-list-page'),
    'MailboxListPage',
  ),
});

const overviewRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/mailboxes/overview',
  validateSearch: z.object({ days: text, month: text }),
  component: lazyRouteComponent(
    () => import('@/features/mailboxes/components/overview-page'),
    'OverviewPage',
  ),
});

const providersRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/mailboxes/providers',
  component: lazyRouteComponent(
    () => import('@/features/mailboxes/components/providers-page'),
    'ProvidersPage',
  ),
});

const logRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/mailboxes/log',
  validateSearch: z.object({ mailbox_id: text, action: text, status: text, provider: text, after: text }),
  component: lazyRouteComponent(() => import('@/features/mailboxes/components/log-page'), 'LogPage'),
});

const mailboxRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/mailboxes/$mailboxId',
  component: lazyRouteComponent(() => import('@/features/mailboxes/components/mailbox-page'), 'MailboxPage'),
});

/** Addresses with a password, and where they are made. */
export const mailboxRoutes = [mailboxesRoute, overviewRoute, providersRoute, logRoute, mailboxRoute] as const;
