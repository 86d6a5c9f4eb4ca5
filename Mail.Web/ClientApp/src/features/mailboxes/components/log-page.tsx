import { Badge, Button, Group, NativeSelect, Paper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/shared/components/empty-state';
import { AnchorLink } from '@/shared/components/links';
import { Moment } from '@/shared/components/moment';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { listLog, type LogFilter, type LogLine } from '../api/list-log';
import classes from './mailboxes.module.css';
import { MailboxesFrame } from './mailboxes-frame';
import { Pager } from './pager';
import { useWho } from './use-who';
import { actions, outcomes, providers, useWords } from './use-words';

const route = getRouteApi('/console/mailboxes/log');

/** Every action with its user, provider, status, error and time. */
export function LogPage() {
  const { t } = useTranslation('mailboxes');
  const filter: LogFilter = route.useSearch();
  const navigate = route.useNavigate();
  const log = useQuery(listLog(filter));
  const page = log.data;
  const setFilter = (change: LogFilter) =>
    void navigate({ search: { ...filter, after: undefined, ...change } });
  return (
    <MailboxesFrame title={t('log.title')}>
      <Text size="sm" c="dimmed">
        {t('log.help')}
      </Text>
      <Filters filter={filter} onChange={setFilter} />
      {log.isPending && <TableSkeleton rows={8} />}
      {log.isError && (
        <ProblemPanel
          error={log.error}
          onRetry={() => void log.refetch()}
          retrying={log.isFetching}
          background={page !== undefined}
        />
      )}
      {page?.data.length === 0 && (
        <EmptyState icon={<IconHistory size={24} />} title={t('log.empty')} help={t('log.emptyHelp')}>
          {Object.values(filter).some((one) => one !== undefined) && (
            <Button variant="default" onClick={() => void navigate({ search: {} })}>
              {t('noMatch.clear')}
            </Button>
          )}
        </EmptyState>
      )}
      {page && page.data.length > 0 && (
        <Paper
          withBorder
          className={classes.frame}
          aria-busy={log.isPlaceholderData}
          data-stale={log.isPlaceholderData || undefined}
        >
          <ol className={classes.list} aria-label={t('log.title')}>
            {page.data.map((line) => (
              <li key={line.id} className={classes.logLine}>
                <LineFacts line={line} />
              </li>
            ))}
          </ol>
        </Paper>
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
    </MailboxesFrame>
  );
}

function LineFacts({ line }: { line: LogLine }) {
  const who = useWho();
  const by = line.by === null ? undefined : who(line.by);
  const owner = line.user === null ? undefined : who(line.user);
  const { t, i18n } = useTranslation('mailboxes');
  const words = useWords();
  const number = new Intl.NumberFormat(i18n.resolvedLanguage, { maximumFractionDigits: 0 });
  return (
    <>
      <div className={classes.main}>
        <Text size="sm" fw={550}>
          {words.action(line.action)}
        </Text>
        <Text size="sm">
          {line.mailbox_id ? (
            <AnchorLink to="/mailboxes/$mailboxId" params={{ mailboxId: line.mailbox_id }} size="sm">
              {line.email}
            </AnchorLink>
          ) : (
            line.email
          )}
        </Text>
        {line.message && <Text size="sm">{line.message}</Text>}
        {line.error && (
          <Text size="xs" c="dimmed">
            <code>{line.error}</code>
          </Text>
        )}
      </div>
      <Text size="xs" c="dimmed" component="div">
        <Moment at={line.at} show="time" />
        {line.provider && ` · ${words.provider(line.provider)}`}
        {line.milliseconds !== null && ` · ${number.format(line.milliseconds)} ms`}
        <br />
        {by ?? t('log.worker')}
        {owner !== undefined && owner !== by && ` · ${t('log.for', { user: owner })}`}
        {line.ip && ` · ${line.ip}`}
      </Text>
      <div className={classes.badges}>
        <Badge
          variant="light"
          tt="none"
          color={line.status === 'done' ? 'teal' : line.status === 'refused' ? 'red' : 'orange'}
        >
          {words.outcome(line.status)}
        </Badge>
      </div>
    </>
  );
}

function Filters({ filter, onChange }: { filter: LogFilter; onChange: (change: LogFilter) => void }) {
  const { t } = useTranslation('mailboxes');
  const words = useWords();
  const select = (
    name: 'action' | 'status' | 'provider',
    label: string,
    any: string,
    all: readonly string[],
    inWords: (one: string) => string,
  ) => (
    <NativeSelect
      className={classes.filter}
      aria-label={label}
      value={filter[name] ?? ''}
      onChange={(event) => {
        onChange({ [name]: event.currentTarget.value === '' ? undefined : event.currentTarget.value });
      }}
      data={[{ value: '', label: any }, ...all.map((one) => ({ value: one, label: inWords(one) }))]}
    />
  );
  return (
    <Group gap="sm" role="search" aria-label={t('filter.label')}>
      {select('action', t('log.action'), t('log.anyAction'), actions, words.action)}
      {select('status', t('log.outcome'), t('log.anyOutcome'), outcomes, words.outcome)}
      {select('provider', t('filter.provider'), t('filter.anyProvider'), providers, words.provider)}
    </Group>
  );
}
