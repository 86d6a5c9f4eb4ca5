import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconDownload, IconMailOff, IconPlus, IconSearchOff, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { EmptyState } from '@/shared/components/empty-state';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { exportUrl, listSuppressions } from '../api/list-suppressions';
import type { Suppression } from '../api/suppression';
import { AddSuppressionDialog } from './add-suppression-dialog';
import { ImportDialog } from './import-dialog';
import { RemoveSuppressionDialog } from './remove-suppression-dialog';
import { SuppressionFilterBar } from './suppression-filter-bar';
import { SuppressionPager } from './suppression-pager';
import { SuppressionTable } from './suppression-table';
import { useSuppressionFilter } from './use-suppression-filter';

type Dialog = { kind: 'add' } | { kind: 'import' } | { kind: 'remove'; entry: Suppression };

export function SuppressionListPage() {
  const { t } = useTranslation('suppressions');
  const { filter, setFilter, turnPage } = useSuppressionFilter();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const entries = useQuery(listSuppressions(filter));
  const mayWrite = mayAs(useWorkplace()?.role, 'developer');
  const page = entries.data;
  const filtered = (filter.email ?? filter.reason) !== undefined;
  const close = () => {
    setDialog(null);
  };

  return (
    <Page
      title={t('title')}
      aside={
        <Group gap="xs">
          <Button
            component="a"
            href={exportUrl(filter)}
            download="suppressions.csv"
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {t('export')}
          </Button>
          {mayWrite && (
            <>
              <Button
                variant="default"
                leftSection={<IconUpload size={16} aria-hidden />}
                onClick={() => {
                  setDialog({ kind: 'import' });
                }}
              >
                {t('import.open')}
              </Button>
              <Button
                leftSection={<IconPlus size={16} aria-hidden />}
                onClick={() => {
                  setDialog({ kind: 'add' });
                }}
              >
                {t('add.open')}
              </Button>
            </>
          )}
        </Group>
      }
    >
      <Text size="sm" c="dimmed">
        {t('help')}
      </Text>
      <SuppressionFilterBar value={filter} onChange={(change) => void setFilter(change)} />
      {entries.isPending && <TableSkeleton rows={8} />}
      {entries.isError && (
        <ProblemPanel
          error={entries.error}
          onRetry={() => void entries.refetch()}
          retrying={entries.isFetching}
          background={page !== undefined}
        />
      )}
      {page?.data.length === 0 && (
        <EmptyState
          icon={filtered ? <IconSearchOff size={24} /> : <IconMailOff size={24} />}
          title={t(filtered ? 'noMatch.title' : 'empty.title')}
          help={t(filtered ? 'noMatch.help' : 'empty.help')}
        />
      )}
      {page && page.data.length > 0 && (
        <SuppressionTable
          entries={page.data}
          stale={entries.isPlaceholderData}
          onRemove={
            mayWrite
              ? (entry) => {
                  setDialog({ kind: 'remove', entry });
                }
              : undefined
          }
        />
      )}
      {page && <SuppressionPager page={page} filter={filter} onTurn={(cursor) => void turnPage(cursor)} />}
      {dialog?.kind === 'add' && <AddSuppressionDialog onClose={close} />}
      {dialog?.kind === 'import' && <ImportDialog onClose={close} />}
      {dialog?.kind === 'remove' && <RemoveSuppressionDialog entry={dialog.entry} onClose={close} />}
    </Page>
  );
}
