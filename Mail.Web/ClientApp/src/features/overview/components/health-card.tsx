import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { BlockSkeleton } from '@/shared/components/block-skeleton';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';

interface Props<T> {
  title: string;
  query: UseQueryResult<T>;
  /** The way to the page that says it all. */
  more: ReactNode;
  children: (data: T) => ReactNode;
}

export function HealthCard<T>({ title, query, more, children }: Props<T>) {
  return (
    <Section title={title} aside={more}>
      {query.isPending && <BlockSkeleton height={72} />}
      {query.isError && (
        <ProblemPanel
          error={query.error}
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
          background={query.data !== undefined}
        />
      )}
      {query.data !== undefined && children(query.data)}
    </Section>
  );
}
