import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { rootRoute, text } from './console-route';

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: z.object({
    /** The page to go back to, an address within the console. */
    next: text,
    reason: z.literal('expired').optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('@/features/auth/components/sign-in-page'), 'SignInPage'),
});

const forgotPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgot-password',
  validateSearch: z.object({ reason: z.literal('secured').optional().catch(undefined) }),
  component: lazyRouteComponent(
    () => import('@/features/auth/components/forgot-password-page'),
    'ForgotPasswordPage',
  ),
});

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation',
  component: lazyRouteComponent(() => import('@/features/auth/components/invitation-page'), 'InvitationPage'),
});

/** What is seen without a session. */
export const authRoutes = [signInRoute, forgotPasswordRoute, invitationRoute] as const;
