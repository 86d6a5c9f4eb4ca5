import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconMailbox, IconSearchOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { EmptyState } from '@/shared/components/empty-state';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { listDomains } from '../api/domains';
import { listMailboxes, type MailboxFilter } from '../api/list-mailboxes';
import { states } from '../api/mailbox';
import { CreatePanel } from './create-panel';
import { MailboxList } from './mailbox-list';
import classes from './mailboxes.module.css';
import { MailboxesFrame } from './mailboxes-frame';
import { Pager } from './pager';
import { providers, useWords } from './use-words';

const route = getRouteApi('/console/mailboxes');

export function MailboxListPage() {
  const { t } = useTranslation('mailboxes');
  const filter: MailboxFilter = route.useSearch();
  const navigate = route.useNavigate();
  const mayMake = mayAs(useWorkplace()?.role, 'developer');
  const mailboxes = useQuery(listMailboxes(filter));
  const page = mailboxes.data;
  const isFiltered = (filter.status ?? filter.provider ?? filter.domain ?? filter.after) !== undefined;
  const setFilter = (change: MailboxFilter) =>
    void navigate({ search: { ...filter, after: undefined, ...change } });

  return (
    <MailboxesFrame title={t('title')}>
      {mayMake && <CreatePanel />}
      {(isFiltered || (page && page.data.length > 0)) && <Filters filter={filter} onChange={setFilter} />}
      {mailboxes.isPending && <TableSkeleton rows={5} />}
      {mailboxes.isError && (
        <ProblemPanel
          error={mailboxes.error}
          onRetry={() => void mailboxes.refetch()}
          retrying={mailboxes.isFetching}
          background={page !== undefined}
        />
      )}
      {page?.data.length === 0 && !isFiltered && (
        <EmptyState icon={<IconMailbox size={24} />} title={t('empty.title')} help={t('empty.help')} />
      )}
      {page?.data.length === 0 && isFiltered && (
        <EmptyState icon={<IconSearchOff size={24} />} title={t('noMatch.title')} help={t('noMatch.help')}>
          <Button variant="default" onClick={() => void navigate({ search: {} })}>
            {t('noMatch.clear')}
          </Button>
        </EmptyState>
      )}
      {page && page.data.length > 0 && (
        <MailboxList mailboxes={page.data} stale={mailboxes.isPlaceholderData} />
      )}
      {page && (
        <Pager
          after={filter.after}
          hasMore={page.has_more}
          onTurn={(isOlder) => {
            setFilter({ after: isOlder ? page.data.at(-1)?.id : undefined });
          }}
        />
      )}
      <Text size="xs" c="dimmed">
        {t('list.counted')}
      </Text>
    </MailboxesFrame>
  );
}

function Filters({ filter, onChange }: { filter: MailboxFilter; onChange: (change: MailboxFilter) => void }) {
  const { t } = useTranslation('mailboxes');
  const words = useWords();
  const domains = useQuery(listDomains());
  const given = (text: string) => (text === '' ? undefined : text);
  return (
    <Group gap="sm" role="search" aria-label={t('filter.label')}>
      <NativeSelect
        className={classes.filter}
        aria-label={t('filter.state')}
        value={filter.status ?? ''}
        onChange={(event) => {
          onChange({ status: given(event.currentTarget.value) });
        }}
        data={[
          { value: '', label: t('filter.anyState') },
          ...states.map((state) => ({ value: state, label: words.state(state) })),
        ]}
      />
      <NativeSelect
        className={classes.filter}
        aria-label={t('filter.provider')}
        value={filter.provider ?? ''}
        onChange={(event) => {
          onChange({ provider: given(event.currentTarget.value) });
        }}
        data={[
          { value: '', label: t('filter.anyProvider') },
          ...providers.map((one) => ({ value: one, label: words.provider(one) })),
        ]}
      />
      {domains.data && domains.data.data.length > 1 && (
        <NativeSelect
          className={classes.filter}
          aria-label={t('filter.domain')}
          value={filter.domain ?? ''}
          onChange={(event) => {
            onChange({ domain: given(event.currentTarget.value) });
          }}
          data={[
            { value: '', label: t('filter.anyDomain') },
            ...domains.data.data.map(({ domain }) => ({ value: domain, label: domain })),
          ]}
        />
      )}
    </Group>
  );
}
