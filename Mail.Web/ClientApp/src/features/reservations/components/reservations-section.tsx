import { Text } from '@mantine/core';
import { type UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';

interface Props {
  title: string;
  /** Said when there is nothing. */
  none: string;
  query: UseQueryResult<{ data: unknown[] }>;
  children: ReactNode;
}

/** A part of the trip's page, while it loads, when it fails, and when it is empty. */
export function ReservationsSection({ title, none, query, children }: Props) {
  return (
    <Section title={title}>
      {query.isPending && <TableSkeleton rows={2} />}
      {query.isError && (
        <ProblemPanel
          error={query.error}
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
          background={query.data !== undefined}
        />
      )}
      {query.data?.data.length === 0 && (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      )}
      {query.data && query.data.data.length > 0 && children}
    </Section>
  );
}
