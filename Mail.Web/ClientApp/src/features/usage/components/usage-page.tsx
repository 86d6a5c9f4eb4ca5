import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconChartBar, IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api/api-error';
import { EmptyState } from '@/shared/components/empty-state';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { getUsage, usageFile } from '../api/usage';
import { UsageFilterBar } from './usage-filter-bar';
import { UsageTable } from './usage-table';

const route = getRouteApi('/console/usage');

/** How much was sent, for people and their accounts. */
export function UsagePage() {
  const { t } = useTranslation('usage');
  const filter = route.useSearch();
  const usage = useQuery(getUsage(filter));
  const refused =
    usage.error instanceof ApiError && usage.error.statusCode === 422 ? usage.error.message : undefined;
  return (
    <Page
      title={t('title')}
      aside={
        <Button
          component="a"
          href={usageFile(filter)}
          download="usage.csv"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {t('export')}
        </Button>
      }
    >
      <Text size="sm" c="dimmed" maw={760}>
        {t('help')}
      </Text>
      <UsageFilterBar value={filter} refusal={refused} />
      {usage.isPending && <TableSkeleton rows={8} />}
      {usage.isError && refused === undefined && (
        <ProblemPanel
          error={usage.error}
          onRetry={() => void usage.refetch()}
          retrying={usage.isFetching}
          background={usage.data !== undefined}
        />
      )}
      {usage.data && refused === undefined && usage.data.data.length === 0 && (
        <EmptyState icon={<IconChartBar size={24} />} title={t('empty.title')} help={t('empty.help')} />
      )}
      {usage.data && refused === undefined && usage.data.data.length > 0 && (
        <UsageTable usage={usage.data} stale={usage.isPlaceholderData} />
      )}
    </Page>
  );
}
