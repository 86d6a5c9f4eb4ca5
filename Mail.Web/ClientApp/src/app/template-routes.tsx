import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { consoleRoute, text } from './console-route';
import { words } from './words';

const oneOf = <const T extends readonly [string, ...string[]]>(...values: T) =>
  z.enum(values).optional().catch(undefined);

const templatesRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/templates',
  loader: words('templates'),
  validateSearch: z.object({ q: text, state: text, locale: text }),
  component: lazyRouteComponent(
    () => import('@/features/templates/components/template-list-page'),
    'TemplateListPage',
  ),
});

const newTemplateRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/templates/new',
  loader: words('templates'),
  validateSearch: z.object({ from: text }),
  component: lazyRouteComponent(
    () => import('@/features/templates/components/new-template-page'),
    'NewTemplatePage',
  ),
});

const templateRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/templates/$templateId',
  loader: words('templates'),
  validateSearch: z.object({
    tab: oneOf('design', 'texts', 'text', 'variables', 'settings'),
    mode: oneOf('code', 'visual'),
    locale: text,
    width: oneOf('desktop', 'phone', 'text'),
    scheme: oneOf('light', 'dark'),
  }),
  component: lazyRouteComponent(
    () => import('@/features/templates/components/template-page'),
    'TemplatePage',
  ),
});

const versionsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/templates/$templateId/versions',
  loader: words('templates'),
  validateSearch: z.object({ from: text, to: text, locale: text }),
  component: lazyRouteComponent(
    () => import('@/features/templates/components/versions-page'),
    'VersionsPage',
  ),
});

const experimentsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/templates/$templateId/experiments',
  loader: words('templates'),
  component: lazyRouteComponent(
    () => import('@/features/templates/components/experiment-list-page'),
    'ExperimentListPage',
  ),
});

const newExperimentRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/templates/$templateId/experiments/new',
  loader: words('templates'),
  component: lazyRouteComponent(
    () => import('@/features/templates/components/new-experiment-page'),
    'NewExperimentPage',
  ),
});

const experimentRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/templates/$templateId/experiments/$experimentId',
  loader: words('templates'),
  component: lazyRouteComponent(
    () => import('@/features/templates/components/experiment-page'),
    'ExperimentPage',
  ),
});

const layoutsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/template-layouts',
  loader: words('templates'),
  component: lazyRouteComponent(
    () => import('@/features/templates/components/layout-list-page'),
    'LayoutListPage',
  ),
});

const layoutRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/template-layouts/$layoutKey',
  loader: words('templates'),
  validateSearch: z.object({
    tab: oneOf('partials', 'footer', 'texts', 'variables'),
    part: text,
    line: text,
    locale: text,
  }),
  component: lazyRouteComponent(() => import('@/features/templates/components/layout-page'), 'LayoutPage'),
});

/** What mails are made from. */
export const templateRoutes = [
  templatesRoute,
  newTemplateRoute,
  templateRoute,
  versionsRoute,
  experimentsRoute,
  newExperimentRoute,
  experimentRoute,
  layoutsRoute,
  layoutRoute,
] as const;
