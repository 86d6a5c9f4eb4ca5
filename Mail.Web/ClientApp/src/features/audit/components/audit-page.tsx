import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  IconChevronRight,
  IconChevronsLeft,
  IconDownload,
  IconHistory,
  IconSearchOff,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/shared/components/empty-state';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { exportUrl, listAudit } from '../api/list-audit';
import { AuditFilterBar } from './audit-filter-bar';
import { AuditList } from './audit-list';
import { useAuditFilter } from './use-audit-filter';

/** Who changed what. */
export function AuditPage() {
  const { t } = useTranslation('audit');
  const { filter, setFilter, turnPage } = useAuditFilter();
  const lines = useQuery(listAudit(filter));
  const page = lines.data;
  const filtered = Object.values(filter).some((value) => value !== undefined);
  const last = page?.data.at(-1);
  return (
    <Page
      title={t('title')}
      aside={
        <Button
          component="a"
          href={exportUrl(filter)}
          download="audit-log.csv"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {t('export')}
        </Button>
      }
    >
      <Text size="sm" c="dimmed">
        {t('help')}
      </Text>
      <AuditFilterBar value={filter} onChange={(change) => void setFilter(change)} />
      {lines.isPending && <TableSkeleton rows={8} />}
      {lines.isError && (
        <ProblemPanel
          error={lines.error}
          onRetry={() => void lines.refetch()}
          retrying={lines.isFetching}
          background={page !== undefined}
        />
      )}
      {page?.data.length === 0 && (
        <EmptyState
          icon={filtered ? <IconSearchOff size={24} /> : <IconHistory size={24} />}
          title={t(filtered ? 'noMatch.title' : 'empty.title')}
          help={t(filtered ? 'noMatch.help' : 'empty.help')}
        >
          {filtered && (
            <Button
              variant="default"
              onClick={() =>
                void setFilter({
                  action: undefined,
                  actor_id: undefined,
                  subject_id: undefined,
                  since: undefined,
                  until: undefined,
                })
              }
            >
              {t('noMatch.all')}
            </Button>
          )}
        </EmptyState>
      )}
      {page && page.data.length > 0 && (
        <AuditList
          lines={page.data}
          stale={lines.isPlaceholderData}
          onFilter={(change) => void setFilter(change)}
        />
      )}
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
