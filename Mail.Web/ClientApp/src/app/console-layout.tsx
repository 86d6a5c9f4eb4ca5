import { Center, Container, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation } from '@tanstack/react-router';
import { Fragment, lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { AlertBanner } from '@/features/alerts/components/alert-banner';
import { getSession } from '@/features/auth/api/get-session';
import { lacksTwoFactor } from '@/features/auth/api/session';
import { TwoFactorDemand } from '@/features/auth/components/two-factor-demand';
import { useLive } from '@/shared/api/live';
import { useSessionEnded } from '@/shared/api/session-end';
import { useWorkplace } from '@/shared/api/workplace';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { ConsoleFrame } from './console-frame';
import { ToSignIn } from './to-sign-in';

const loadSignInAgain = () => import('@/features/auth/components/sign-in-again');
const SignInAgain = lazy(loadSignInAgain);

/** Who is signed in sees the console; who is not is sent to sign in, and comes back to the same address. */
export function ConsoleLayout() {
  const { t } = useTranslation();
  const session = useQuery(getSession());
  const place = useWorkplace();
  const ended = useSessionEnded();
  const signedIn = session.data?.kind === 'signed-in';
  useLive(signedIn && !ended ? place?.projectId : undefined);
  useEffect(() => {
    // Not with the first page, but before it is needed: a part that cannot be loaded then would take the page with it.
    if (signedIn) loadSignInAgain().catch(() => undefined);
  }, [signedIn]);
  const path = useLocation({ select: (location) => location.pathname });

  if (session.isPending) {
    return (
      <Center mih="100dvh" role="status">
        <Loader role="status" aria-label={t('loading')} />
      </Center>
    );
  }
  if (session.data?.kind === 'signed-out') {
    return <ToSignIn expired={session.data.expired} />;
  }
  if (!session.data) {
    return (
      <Container component="main" size="sm" py={64}>
        <Page title={t('product')}>
          <ProblemPanel
            error={session.error}
            onRetry={() => void session.refetch()}
            retrying={session.isFetching}
          />
        </Page>
      </Container>
    );
  }
  // Nothing of the project can be asked for before; the account is where that is changed.
  const closed = lacksTwoFactor(session.data.session, place?.projectId);
  return (
    <>
      <ConsoleFrame session={session.data.session} banner={!closed && <AlertBanner key={place?.projectId} />}>
        {/* Another person or project: every page begins anew. */}
        <Fragment key={`${place?.userId ?? ''} ${place?.projectId ?? ''}`}>
          {closed && path !== '/account' ? <TwoFactorDemand /> : <Outlet />}
        </Fragment>
      </ConsoleFrame>
      {ended && (
        <Suspense>
          <SignInAgain email={session.data.session.user.email} />
        </Suspense>
      )}
    </>
  );
}
