import { createRootRouteWithContext, createRoute } from '@tanstack/react-router';
import type { i18n } from 'i18next';
import { z } from 'zod';
import { ConsoleLayout } from './console-layout';
import { NotFoundPage } from './not-found-page';

// A parameter that is not understood is dropped: an old link opens the page rather than an error.
export const text = z.string().min(1).max(320).optional().catch(undefined);

export const rootRoute = createRootRouteWithContext<{ i18n: i18n }>()({ notFoundComponent: NotFoundPage });

// Everything below needs a session and stands in the same frame.
export const consoleRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'console',
  component: ConsoleLayout,
});
