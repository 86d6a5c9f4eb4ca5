import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { consoleRoute, text } from './console-route';
import { words } from './words';

const messagesRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/messages',
  loader: words('messages'),
  validateSearch: z.object({
    status: text,
    to: text,
    subject: text,
    tag: text,
    id: text,
    key: text,
    since: text,
    until: text,
    after: text,
    before: text,
  }),
  component: lazyRouteComponent(
    () => import('@/features/messages/components/message-list-page'),
    'MessageListPage',
  ),
});

const scheduledRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/scheduled',
  loader: words('messages'),
  validateSearch: z.object({ after: text }),
  component: lazyRouteComponent(
    () => import('@/features/messages/components/scheduled-page'),
    'ScheduledPage',
  ),
});

const sandboxRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/sandbox',
  loader: words('sandbox'),
  validateSearch: z.object({ to: text, subject: text, before: text, mail: text }),
  component: lazyRouteComponent(() => import('@/features/sandbox/components/sandbox-page'), 'SandboxPage'),
});

const messageRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/messages/$messageId',
  loader: words('messages'),
  validateSearch: z.object({ part: z.enum(['html', 'text', 'raw']).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('@/features/messages/components/message-page'), 'MessagePage'),
});

/** What was sent, what will be, and what became of it. */
export const messageRoutes = [messagesRoute, scheduledRoute, sandboxRoute, messageRoute] as const;
