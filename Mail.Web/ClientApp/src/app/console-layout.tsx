import { Center, Container, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { AlertBanner } from '@/features/alerts/components/alert-banner';
import { getSession } from '@/features/auth/api/get-session';
import { lacksTwoFactor } from '@/features/auth/api/session';
import { TwoFactorDemand } from '@/features/auth/components/two-factor-demand';
import { useLive } from '@/shared/api/live';
import { useWorkplace } from '@/shared/api/workplace';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { ConsoleFrame } from './console-frame';
import { ToSignIn } from './to-sign-in';

/** Who is signed in sees the console; who is not is sent to sign in, and comes back to the same address. */
export function ConsoleLayout() {
  const { t } = useTranslation();
  const session = useQuery(getSession());
  const place = useWorkplace();
  useLive(session.data?.kind === 'signed-in' ? place?.projectId : undefined);
  const path = useLocation({ select: (location) => location.pathname });

  if (session.isPending) {
    return (
      <Center mih="100dvh" role="status">
        <Loader aria-label={t('loading')} />
      </Center>
    );
  }
  if (session.data?.kind === 'signed-out') {
    return <ToSignIn expired={session.data.expired} />;
  }
  if (!session.data) {
    return (
      <Container component="main" size="sm" py={64}>
        <ProblemPanel
          error={session.error}
          onRetry={() => void session.refetch()}
          retrying={session.isFetching}
        />
      </Container>
    );
  }
  // Nothing of the project can be asked for before; the account is where that is changed.
  const closed = lacksTwoFactor(session.data.session, place?.projectId);
  return (
    <ConsoleFrame session={session.data.session} banner={!closed && <AlertBanner key={place?.projectId} />}>
      {/* Another project: every page begins anew. */}
      <Fragment key={place?.projectId}>
        {closed && path !== '/account' ? <TwoFactorDemand /> : <Outlet />}
      </Fragment>
    </ConsoleFrame>
  );
}
