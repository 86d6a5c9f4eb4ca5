import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { IconCircleCheck, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { EmptyState } from '@/shared/components/empty-state';
import { LiveIndicator } from '@/shared/components/live-indicator';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { type DeadLetterPage, listDeadLetters } from '../api/dead-letters';
import type { Wish } from '../api/settle-dead-letters';
import { DeadLetterCards } from './dead-letter-cards';
import { SettleDialog } from './settle-dialog';

const route = getRouteApi('/console/dead-letters');

export function DeadLetterListPage() {
  const { t } = useTranslation('deadLetters');
  const filter = route.useSearch();
  const navigate = useNavigate();
  const mayAct = mayAs(useWorkplace()?.role, 'developer');
  const letters = useQuery(listDeadLetters(filter));
  const [asked, setAsked] = useState<{ wish: Wish; count: number }>();
  const page = letters.data;
  const shown = page?.data.map(({ id }) => id) ?? [];
  return (
    <Page
      title={t('title')}
      aside={<LiveIndicator updatedAt={letters.dataUpdatedAt} failing={letters.isError} />}
    >
      <Text size="sm" c="dimmed" maw={760}>
        {t('help')}
      </Text>
      {letters.isPending && <TableSkeleton rows={5} />}
      {letters.isError && (
        <ProblemPanel
          error={letters.error}
          onRetry={() => void letters.refetch()}
          retrying={letters.isFetching}
          background={page !== undefined}
        />
      )}
      {page && (page.types.length > 0 || filter.type !== undefined) && (
        <Group align="flex-end" gap="sm">
          <TypeFilter page={page} value={filter.type} />
          {mayAct && shown.length > 0 && (
            <Group gap="xs">
              <Button
                variant="default"
                leftSection={<IconRefresh size={16} aria-hidden />}
                onClick={() => {
                  setAsked({ wish: { act: 'replay', ids: shown }, count: shown.length });
                }}
              >
                {t('replay.shown', { count: shown.length })}
              </Button>
              {filter.type !== undefined && page.has_more && (
                <Button
                  variant="default"
                  leftSection={<IconRefresh size={16} aria-hidden />}
                  onClick={() => {
                    setAsked({
                      wish: { act: 'replay', type: filter.type ?? '' },
                      count: countOf(page, filter.type),
                    });
                  }}
                >
                  {t('replay.all', { count: countOf(page, filter.type) })}
                </Button>
              )}
              <Button
                variant="default"
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() => {
                  setAsked({ wish: { act: 'discard', ids: shown }, count: shown.length });
                }}
              >
                {t('discard.shown', { count: shown.length })}
              </Button>
            </Group>
          )}
        </Group>
      )}
      {page?.data.length === 0 && (
        <EmptyState icon={<IconCircleCheck size={24} />} title={t('empty.title')} help={t('empty.help')} />
      )}
      {page && page.data.length > 0 && <DeadLetterCards letters={page.data} mayAct={mayAct} />}
      {page && (page.has_more || filter.after !== undefined) && (
        <Group component="nav" aria-label={t('pages')} justify="flex-end" gap="xs">
          <Button
            variant="default"
            disabled={filter.after === undefined}
            onClick={() => void navigate({ to: '/dead-letters', search: { type: filter.type } })}
          >
            {t('first')}
          </Button>
          <Button
            variant="default"
            disabled={!page.has_more}
            onClick={() =>
              void navigate({ to: '/dead-letters', search: { type: filter.type, after: shown.at(-1) } })
            }
          >
            {t('older')}
          </Button>
        </Group>
      )}
      {asked && (
        <SettleDialog
          {...asked}
          onClose={() => {
            setAsked(undefined);
          }}
        />
      )}
    </Page>
  );
}

const countOf = (page: DeadLetterPage, type: string | undefined) =>
  page.types.find((one) => one.type === type)?.count ?? 0;

function TypeFilter({ page, value }: { page: DeadLetterPage; value: string | undefined }) {
  const { t } = useTranslation('deadLetters');
  const navigate = useNavigate();
  const known = page.types.some(({ type }) => type === value) || value === undefined;
  return (
    <NativeSelect
      label={t('type')}
      value={value ?? ''}
      onChange={(event) => {
        const type = event.currentTarget.value;
        void navigate({ to: '/dead-letters', search: type === '' ? {} : { type } });
      }}
      data={[
        { value: '', label: t('allTypes', { count: page.types.reduce((sum, { count }) => sum + count, 0) }) },
        ...(known ? [] : [{ value: value, label: value }]),
        ...page.types.map(({ type, count }) => ({ value: type, label: `${type} (${count})` })),
      ]}
    />
  );
}
