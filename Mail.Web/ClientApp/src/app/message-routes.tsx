import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { consoleRoute, text } from './console-route';

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

/** What was sent, and what became of it. */
export const messageRoutes = [messagesRoute, messageRoute] as const;
