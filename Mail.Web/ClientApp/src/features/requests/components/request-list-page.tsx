import { Button, Group, Paper, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { IconChevronRight, IconMessageQuestion, IconSearchOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/shared/components/empty-state';
import { Moment } from '@/shared/components/moment';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { type DecisionRequest, listRequests, type RequestFilter, requestStates } from '../api/request';
import classes from './requests.module.css';
import { StateBadge } from './state-badge';

const route = getRouteApi('/console/requests');

const any = 'any';

export function RequestListPage() {
  const { t } = useTranslation('requests');
  const filter: RequestFilter = route.useSearch();
  const navigate = route.useNavigate();
  const requests = useQuery(listRequests(filter));
  const page = requests.data;
  const show = (search: RequestFilter) => void navigate({ search });
  return (
    <Page title={t('title')}>
      <Text size="sm" c="dimmed" maw={760}>
        {t('help')}
      </Text>
      <div className={classes.scroll}>
        <SegmentedControl
          size="xs"
          aria-label={t('list.state')}
          value={filter.state ?? any}
          onChange={(state) => {
            show({ state: state === any ? undefined : state });
          }}
          data={[
            { value: any, label: t('list.any') },
            ...requestStates.map((state) => ({ value: state, label: t(`state.${state}`) })),
          ]}
        />
      </div>
      {requests.isPending && <TableSkeleton rows={6} />}
      {requests.isError && (
        <ProblemPanel
          error={requests.error}
          onRetry={() => void requests.refetch()}
          retrying={requests.isFetching}
          background={page !== undefined}
        />
      )}
      {page?.data.length === 0 && (
        <Empty
          filtered={filter.state !== undefined}
          onClear={() => {
            show({});
          }}
        />
      )}
      {page && page.data.length > 0 && <List requests={page.data} />}
      {page && (page.has_more || filter.after !== undefined) && (
        <Group component="nav" aria-label={t('list.pages')} justify="flex-end" gap="xs">
          <Button
            variant="default"
            size="sm"
            disabled={filter.after === undefined}
            onClick={() => {
              show({ state: filter.state });
            }}
          >
            {t('list.newest')}
          </Button>
          <Button
            variant="default"
            size="sm"
            rightSection={<IconChevronRight size={16} aria-hidden />}
            disabled={!page.has_more}
            onClick={() => {
              show({ state: filter.state, after: page.data.at(-1)?.id });
            }}
          >
            {t('list.older')}
          </Button>
        </Group>
      )}
    </Page>
  );
}

function Empty({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { t } = useTranslation('requests');
  if (!filtered) {
    return (
      <EmptyState
        icon={<IconMessageQuestion size={24} />}
        title={t('list.empty.title')}
        help={t('list.empty.help')}
      />
    );
  }
  return (
    <EmptyState
      icon={<IconSearchOff size={24} />}
      title={t('list.noMatch.title')}
      help={t('list.noMatch.help')}
    >
      <Button variant="default" onClick={onClear}>
        {t('list.noMatch.clear')}
      </Button>
    </EmptyState>
  );
}

function List({ requests }: { requests: DecisionRequest[] }) {
  const { t } = useTranslation('requests');
  return (
    <Paper withBorder>
      <ul className={classes.list} aria-label={t('list.caption')}>
        {requests.map((one) => (
          <li key={one.id} className={classes.request}>
            <div className={classes.main}>
              <Link to="/requests/$requestId" params={{ requestId: one.id }} className={classes.link}>
                {one.title}
              </Link>
              <Text size="sm" c="dimmed">
                {[one.person.name, one.person.email].filter(Boolean).join(' · ')}
              </Text>
            </div>
            <Text size="sm" c="dimmed" component="div">
              {one.decision ? (
                (one.decision.label ?? one.decision.choice)
              ) : (
                <>
                  {t('list.until')} <Moment at={one.deadline} show="time" />
                </>
              )}
            </Text>
            <StateBadge state={one.state} />
          </li>
        ))}
      </ul>
    </Paper>
  );
}
