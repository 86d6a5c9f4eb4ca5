import { Container } from '@mantine/core';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';

/** For what no page foresaw: a part of the console that could not be loaded, or a bug. */
export function RouteProblem({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  return (
    <Container size="sm" py={64}>
      <Page title={t('product')}>
        <ProblemPanel
          error={error instanceof Error ? error : new Error(String(error))}
          onRetry={() => {
            reset();
            void router.invalidate();
          }}
        />
      </Page>
    </Container>
  );
}
