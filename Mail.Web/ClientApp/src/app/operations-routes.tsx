import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { consoleRoute, text } from './console-route';
import { words } from './words';

const limitsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/limits',
  loader: words('limits'),
  component: lazyRouteComponent(() => import('@/features/limits/components/limits-page'), 'LimitsPage'),
});

const deadLettersRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/dead-letters',
  loader: words('deadLetters'),
  validateSearch: z.object({ type: text, after: text }),
  component: lazyRouteComponent(
    () => import('@/features/dead-letters/components/dead-letter-list-page'),
    'DeadLetterListPage',
  ),
});

const deadLetterRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/dead-letters/$letterId',
  loader: words('deadLetters'),
  component: lazyRouteComponent(
    () => import('@/features/dead-letters/components/dead-letter-page'),
    'DeadLetterPage',
  ),
});

const usageRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/usage',
  loader: words('usage'),
  validateSearch: z.object({ by: text, since: text, until: text, split: text }),
  component: lazyRouteComponent(() => import('@/features/usage/components/usage-page'), 'UsagePage'),
});

const systemRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/system',
  loader: words('system'),
  component: lazyRouteComponent(() => import('@/features/system/components/system-page'), 'SystemPage'),
});

const projectRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/project',
  loader: words('project'),
  component: lazyRouteComponent(() => import('@/features/project/components/project-page'), 'ProjectPage'),
});

/** How much goes, what is stuck, how the system does, and what holds for the whole project. */
export const operationsRoutes = [
  limitsRoute,
  deadLettersRoute,
  deadLetterRoute,
  usageRoute,
  systemRoute,
  projectRoute,
] as const;
