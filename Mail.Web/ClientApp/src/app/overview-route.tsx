import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { consoleRoute, text } from './console-route';
import { words } from './words';

export const overviewRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/',
  loader: words('overview'),
  validateSearch: z.object({ days: text }),
  component: lazyRouteComponent(() => import('@/features/overview/components/overview-page'), 'OverviewPage'),
});
