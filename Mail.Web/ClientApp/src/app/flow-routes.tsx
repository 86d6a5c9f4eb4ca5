import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { consoleRoute, text } from './console-route';
import { FlowsLayout } from './flows-layout';

const flowsRoute = createRoute({
  getParentRoute: () => consoleRoute,
  id: 'flows',
  component: FlowsLayout,
});

const reservationsRoute = createRoute({
  getParentRoute: () => flowsRoute,
  path: '/reservations',
  validateSearch: z.object({ state: text, driver: text, after: text }),
  component: lazyRouteComponent(
    () => import('@/features/reservations/components/offer-list-page'),
    'OfferListPage',
  ),
});

const offerRoute = createRoute({
  getParentRoute: () => flowsRoute,
  path: '/reservations/$offerId',
  component: lazyRouteComponent(() => import('@/features/reservations/components/offer-page'), 'OfferPage'),
});

const requestsRoute = createRoute({
  getParentRoute: () => flowsRoute,
  path: '/requests',
  validateSearch: z.object({ state: text, after: text }),
  component: lazyRouteComponent(
    () => import('@/features/requests/components/request-list-page'),
    'RequestListPage',
  ),
});

const requestRoute = createRoute({
  getParentRoute: () => flowsRoute,
  path: '/requests/$requestId',
  component: lazyRouteComponent(() => import('@/features/requests/components/request-page'), 'RequestPage'),
});

const campaignsRoute = createRoute({
  getParentRoute: () => flowsRoute,
  path: '/campaigns',
  validateSearch: z.object({ after: text }),
  component: lazyRouteComponent(
    () => import('@/features/invitations/components/campaign-list-page'),
    'CampaignListPage',
  ),
});

const newCampaignRoute = createRoute({
  getParentRoute: () => flowsRoute,
  path: '/campaigns/new',
  component: lazyRouteComponent(
    () => import('@/features/invitations/components/new-campaign-page'),
    'NewCampaignPage',
  ),
});

const campaignRoute = createRoute({
  getParentRoute: () => flowsRoute,
  path: '/campaigns/$campaignId',
  validateSearch: z.object({ state: text, email: text, after: text }),
  component: lazyRouteComponent(
    () => import('@/features/invitations/components/campaign-page'),
    'CampaignPage',
  ),
});

const candidateRoute = createRoute({
  getParentRoute: () => flowsRoute,
  path: '/campaigns/$campaignId/candidates/$candidateId',
  component: lazyRouteComponent(
    () => import('@/features/invitations/components/candidate-page'),
    'CandidatePage',
  ),
});

export const flowRoutes = flowsRoute.addChildren([
  reservationsRoute,
  offerRoute,
  campaignsRoute,
  newCampaignRoute,
  campaignRoute,
  candidateRoute,
  requestsRoute,
  requestRoute,
]);
