import { Container } from '@mantine/core';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { ProblemPanel } from '@/shared/components/problem-panel';

/** For what no page foresaw: a part of the console that could not be loaded, or a bug. */
export function RouteProblem({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <Container size="sm" py={64}>
      <ProblemPanel
        error={error instanceof Error ? error : new Error(String(error))}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </Container>
  );
}
