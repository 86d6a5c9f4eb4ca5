import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconChevronRight, IconChevronsLeft, IconSearchOff, IconTerminal2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CodeSamples } from '@/shared/components/code-samples';
import { EmptyState } from '@/shared/components/empty-state';
import { LiveIndicator } from '@/shared/components/live-indicator';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { apiAddress, firstEmail } from '@/shared/samples/first-email';
import { requestSamples } from '@/shared/samples/request-samples';
import { listLogs } from '../api/list-logs';
import classes from './logs.module.css';
import { LogFilterBar } from './log-filter-bar';
import { LogList } from './log-list';
import { useLogFilter } from './use-log-filter';

const everything = {
  status: undefined,
  method: undefined,
  path: undefined,
  key_id: undefined,
  since: undefined,
  until: undefined,
};

/** What the project's keys have called, as it happens. */
export function LogListPage() {
  const { t } = useTranslation('logs');
  const { filter, setFilter, turnPage } = useLogFilter();
  const logs = useQuery(listLogs(filter));
  const page = logs.data;
  const filtered = Object.values(filter).some((value) => value !== undefined);
  const last = page?.data.at(-1);
  return (
    <Page
      title={t('title')}
      aside={
        filter.after === undefined && <LiveIndicator updatedAt={logs.dataUpdatedAt} failing={logs.isError} />
      }
    >
      <Text size="sm" c="dimmed">
        {t('help')}
      </Text>
      <LogFilterBar
        key={filtered ? 'filtered' : 'all'}
        value={filter}
        onChange={(change) => void setFilter(change)}
      />
      {logs.isPending && <TableSkeleton rows={10} />}
      {logs.isError && (
        <ProblemPanel
          error={logs.error}
          onRetry={() => void logs.refetch()}
          retrying={logs.isFetching}
          background={page !== undefined}
        />
      )}
      {page?.data.length === 0 && filtered && (
        <EmptyState icon={<IconSearchOff size={24} />} title={t('noMatch.title')} help={t('noMatch.help')}>
          <Button variant="default" onClick={() => void setFilter(everything)}>
            {t('noMatch.all')}
          </Button>
        </EmptyState>
      )}
      {page?.data.length === 0 && !filtered && (
        <EmptyState icon={<IconTerminal2 size={24} />} title={t('empty.title')} help={t('empty.help')}>
          <div className={classes.sample}>
            <CodeSamples
              label={t('empty.sample')}
              samples={requestSamples({ method: 'POST', url: `${apiAddress()}/emails`, body: firstEmail })}
            />
          </div>
        </EmptyState>
      )}
      {page && page.data.length > 0 && <LogList logs={page.data} stale={logs.isPlaceholderData} />}
      {page && (filter.after !== undefined || page.has_more) && (
        <Group component="nav" aria-label={t('pages')} justify="flex-end" gap="xs">
          <Button
            variant="default"
            size="sm"
            leftSection={<IconChevronsLeft size={16} aria-hidden />}
            disabled={filter.after === undefined}
            onClick={() => void turnPage(undefined)}
          >
            {t('newest')}
          </Button>
          <Button
            variant="default"
            size="sm"
            rightSection={<IconChevronRight size={16} aria-hidden />}
            disabled={!page.has_more || !last}
            onClick={() => void turnPage(last?.id)}
          >
            {t('older')}
          </Button>
        </Group>
      )}
    </Page>
  );
}
