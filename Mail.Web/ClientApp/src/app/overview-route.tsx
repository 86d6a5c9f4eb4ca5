import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { consoleRoute, text } from './console-route';

export const overviewRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/',
  validateSearch: z.object({ days: text }),
  component: lazyRouteComponent(() => import('@/features/overview/components/overview-page'), 'OverviewPage'),
});
