import { createRouter, type RouterHistory } from '@tanstack/react-router';
import { authRoutes } from './auth-routes';
import { consoleRoute, rootRoute } from './console-route';
import { developerRoutes } from './developer-routes';
import { flowRoutes } from './flow-routes';
import { mailboxRoutes } from './mailbox-routes';
import { messageRoutes } from './message-routes';
import { NotFoundPage } from './not-found-page';
import { operationsRoutes } from './operations-routes';
import { overviewRoute } from './overview-route';
import { referenceRoutes } from './reference-routes';
import { RouteProblem } from './route-problem';
import { sendingRoutes } from './sending-routes';
import { settingsRoutes } from './settings-routes';
import { templateRoutes } from './template-routes';

const routeTree = rootRoute.addChildren([
  ...authRoutes,
  consoleRoute.addChildren([
    overviewRoute,
    ...messageRoutes,
    ...templateRoutes,
    ...flowRoutes,
    ...mailboxRoutes,
    ...sendingRoutes,
    ...operationsRoutes,
    ...developerRoutes,
    ...referenceRoutes,
    ...settingsRoutes,
  ]),
]);

// Plain text in the address (?to=42) in place of the router's JSON, so that people can read and write it.
const parseSearch = (search: string) => Object.fromEntries(new URLSearchParams(search));

const stringifySearch = (search: Record<string, unknown>) => {
  const given = Object.entries(search).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
};

/** @param history in tests, one in memory */
export function createAppRouter(history?: RouterHistory) {
  const router = createRouter({
    routeTree,
    // What <App> gives.
    context: { i18n: undefined as never },
    history,
    parseSearch,
    stringifySearch,
    defaultErrorComponent: RouteProblem,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  });
  router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
    // A screen reader hears where a link has led. Not on the first page: there the browser itself reads the document.
    if (fromLocation && pathChanged) document.querySelector('h1')?.focus({ preventScroll: true });
  });
  return router;
}

export type AppRouter = ReturnType<typeof createAppRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
}
