import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { consoleRoute, text } from './console-route';
import { words } from './words';

const reservationsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/reservations',
  loader: words('reservations'),
  validateSearch: z.object({ state: text, driver: text, after: text }),
  component: lazyRouteComponent(
    () => import('@/features/reservations/components/offer-list-page'),
    'OfferListPage',
  ),
});

const offerRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/reservations/$offerId',
  loader: words('reservations'),
  component: lazyRouteComponent(() => import('@/features/reservations/components/offer-page'), 'OfferPage'),
});

const requestsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/requests',
  loader: words('requests'),
  validateSearch: z.object({ state: text, after: text }),
  component: lazyRouteComponent(
    () => import('@/features/requests/components/request-list-page'),
    'RequestListPage',
  ),
});

const requestRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/requests/$requestId',
  loader: words('requests'),
  component: lazyRouteComponent(() => import('@/features/requests/components/request-page'), 'RequestPage'),
});

const campaignsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/campaigns',
  loader: words('invitations'),
  validateSearch: z.object({ after: text }),
  component: lazyRouteComponent(
    () => import('@/features/invitations/components/campaign-list-page'),
    'CampaignListPage',
  ),
});

const newCampaignRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/campaigns/new',
  loader: words('invitations'),
  component: lazyRouteComponent(
    () => import('@/features/invitations/components/new-campaign-page'),
    'NewCampaignPage',
  ),
});

const campaignRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/campaigns/$campaignId',
  loader: words('invitations'),
  validateSearch: z.object({ state: text, email: text, after: text }),
  component: lazyRouteComponent(
    () => import('@/features/invitations/components/campaign-page'),
    'CampaignPage',
  ),
});

const candidateRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/campaigns/$campaignId/candidates/$candidateId',
  loader: words('invitations'),
  component: lazyRouteComponent(
    () => import('@/features/invitations/components/candidate-page'),
    'CandidatePage',
  ),
});

/** What runs by mail between people. */
export const flowRoutes = [
  reservationsRoute,
  offerRoute,
  campaignsRoute,
  newCampaignRoute,
  campaignRoute,
  candidateRoute,
  requestsRoute,
  requestRoute,
] as const;
