import { Center, Container, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { AlertBanner } from '@/features/alerts/components/alert-banner';
import { getSession } from '@/features/auth/api/get-session';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { ConsoleHeader } from './console-header';
import { ToSignIn } from './to-sign-in';

/** Who is signed in sees the console; who is not is sent to sign in, and comes back to the same address. */
export function ConsoleLayout() {
  const { t } = useTranslation();
  const session = useQuery(getSession());

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
  return (
    <>
      <a href="#content" className="mail-skip-link">
        {t('skipToContent')}
      </a>
      <ConsoleHeader session={session.data.session} />
      <AlertBanner />
      <Container
        component="main"
        id="content"
        tabIndex={-1}
        size={1200}
        px={{ base: 'md', sm: 'xl' }}
        py="xl"
      >
        <Outlet />
      </Container>
    </>
  );
}
