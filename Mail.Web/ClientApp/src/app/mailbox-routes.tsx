import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { consoleRoute, text } from './console-route';
import { words } from './words';

const mailboxesRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/mailboxes',
  loader: words('mailboxes'),
  validateSearch: z.object({ status: text, provider: text, domain: text, after: text }),
  component: lazyRouteComponent(
    () => import('@/features/mailboxes/components/mailbox-list-page'),
    'MailboxListPage',
  ),
});

const overviewRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/mailboxes/overview',
  loader: words('mailboxes'),
  validateSearch: z.object({ days: text, month: text }),
  component: lazyRouteComponent(
    () => import('@/features/mailboxes/components/overview-page'),
    'OverviewPage',
  ),
});

const providersRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/mailboxes/providers',
  loader: words('mailboxes'),
  component: lazyRouteComponent(
    () => import('@/features/mailboxes/components/providers-page'),
    'ProvidersPage',
  ),
});

const logRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/mailboxes/log',
  loader: words('mailboxes'),
  validateSearch: z.object({ mailbox_id: text, action: text, status: text, provider: text, after: text }),
  component: lazyRouteComponent(() => import('@/features/mailboxes/components/log-page'), 'LogPage'),
});

const mailboxRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/mailboxes/$mailboxId',
  loader: words('mailboxes'),
  component: lazyRouteComponent(() => import('@/features/mailboxes/components/mailbox-page'), 'MailboxPage'),
});

/** Addresses with a password, and where they are made. */
export const mailboxRoutes = [mailboxesRoute, overviewRoute, providersRoute, logRoute, mailboxRoute] as const;
