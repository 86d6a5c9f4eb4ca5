import { Center, Container, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation } from '@tanstack/react-router';
import { Fragment, lazy, Suspense, useDeferredValue, useEffect } from 'react';
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
    if (!signedIn) return;
    // After the first page, but before it is needed: a part that cannot be loaded then would take the page with it.
    const timer = setTimeout(() => void loadSignInAgain().catch(() => undefined), 10_000);
    return () => {
      clearTimeout(timer);
    };
  }, [signedIn]);
  // The frame and its page are drawn in slices, so that the browser answers in between; a query's answer alone would draw them at one go.
  const state = useDeferredValue(session.data);
  const path = useLocation({ select: (location) => location.pathname });

  if (!state) {
    return session.error ? (
      <Container component="main" size="sm" py={64}>
        <Page title={t('product')}>
          <ProblemPanel
            error={session.error}
            onRetry={() => void session.refetch()}
            retrying={session.isFetching}
          />
        </Page>
      </Container>
    ) : (
      <>
        <StartHeader />
        <Center mih="calc(100dvh - 56px)">
          <Loader role="status" aria-label={t('loading')} />
        </Center>
      </>
    );
  }
  if (state.kind === 'signed-out') return <ToSignIn expired={state.expired} />;
  // Nothing of the project can be asked for before; the account is where that is changed.
  const closed = lacksTwoFactor(state.session, place?.projectId);
  return (
    <>
      <ConsoleFrame session={state.session} banner={!closed && <AlertBanner key={place?.projectId} />}>
        {/* Another person or project: every page begins anew. */}
        <Fragment key={`${place?.userId ?? ''} ${place?.projectId ?? ''}`}>
          {closed && path !== '/account' ? <TwoFactorDemand /> : <Outlet />}
        </Fragment>
      </ConsoleFrame>
      {ended && (
        <Suspense>
          <SignInAgain email={state.session.user.email} />
        </Suspense>
      )}
    </>
  );
}

/** What index.html shows before there is any script, and its place (index.html, app.css). */
function StartHeader() {
  return (
    <div className="mail-start" aria-hidden>
      <img src="/favicon.svg" width={28} height={28} alt="" />
      Mail
    </div>
  );
}
