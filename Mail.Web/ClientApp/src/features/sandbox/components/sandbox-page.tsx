import { Button, Grid, Group, Stack } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconChevronLeft, IconChevronRight, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { LiveIndicator } from '@/shared/components/live-indicator';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { listSandbox } from '../api/list-sandbox';
import { EmptyDialog } from './empty-dialog';
import { SandboxEmpty } from './sandbox-empty';
import { SandboxFilterBar } from './sandbox-filter-bar';
import { SandboxList } from './sandbox-list';
import { SandboxMailView } from './sandbox-mail-view';
import { useSandboxFilter } from './use-sandbox-filter';

/** What was sent with test keys: the list, and the newest mail beside it until another is chosen. */
export function SandboxPage() {
  const { t } = useTranslation('sandbox');
  const { filter, selected, setFilter, turnTo, select } = useSandboxFilter();
  const narrow = useMediaQuery('(max-width: 62em)', undefined, { getInitialValueInEffect: false });
  const [emptying, empty] = useDisclosure();
  const role = useWorkplace()?.role;
  const mails = useQuery(listSandbox(filter));
  const page = mails.data;
  const shown = selected ?? (narrow ? undefined : page?.data[0]?.id);
  return (
    <Page
      title={t('title')}
      aside={
        <Group gap="md">
          {mayAs(role, 'developer') && page && page.data.length > 0 && (
            <Button
              variant="default"
              size="xs"
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={empty.open}
            >
              {t('delete.open')}
            </Button>
          )}
          <LiveIndicator updatedAt={mails.dataUpdatedAt} failing={mails.isError} />
        </Group>
      }
    >
      <SandboxFilterBar value={filter} onChange={setFilter} />
      {mails.isPending && <TableSkeleton rows={8} />}
      {mails.isError && (
        <ProblemPanel
          error={mails.error}
          onRetry={() => void mails.refetch()}
          retrying={mails.isFetching}
          background={page !== undefined}
        />
      )}
      {page?.data.length === 0 && (
        <SandboxEmpty
          filtered={(filter.to ?? filter.subject ?? filter.before) !== undefined}
          onClear={() => {
            setFilter({ to: undefined, subject: undefined });
          }}
        />
      )}
      {page && page.data.length > 0 && (
        <Grid gap="lg">
          {!(narrow && selected) && (
            <Grid.Col span={{ base: 12, md: 5 }}>
              <Stack gap="sm">
                <SandboxList
                  mails={page.data}
                  selected={shown}
                  stale={mails.isPlaceholderData}
                  onSelect={select}
                />
                {(page.has_more || filter.before !== undefined) && (
                  <Group justify="flex-end" gap="xs" component="nav" aria-label={t('pages')}>
                    <Button
                      variant="default"
                      size="sm"
                      leftSection={<IconChevronLeft size={16} aria-hidden />}
                      disabled={filter.before === undefined}
                      onClick={() => {
                        turnTo(undefined);
                      }}
                    >
                      {t('newest')}
                    </Button>
                    <Button
                      variant="default"
                      size="sm"
                      rightSection={<IconChevronRight size={16} aria-hidden />}
                      disabled={!page.has_more}
                      onClick={() => {
                        turnTo(page.data.at(-1)?.id);
                      }}
                    >
                      {t('older')}
                    </Button>
                  </Group>
                )}
              </Stack>
            </Grid.Col>
          )}
          {shown && (
            <Grid.Col span={{ base: 12, md: 7 }}>
              <SandboxMailView
                key={shown}
                id={shown}
                onClose={() => {
                  select(undefined);
                }}
              />
            </Grid.Col>
          )}
        </Grid>
      )}
      {emptying && (
        <EmptyDialog
          onClose={empty.close}
          onDone={() => {
            select(undefined);
          }}
        />
      )}
    </Page>
  );
}
