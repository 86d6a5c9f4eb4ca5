import { Badge, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/components/moment';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { type Incident, relayHistory } from '../api/relay-history';
import type { Relay } from '../api/relay';
import { RelayStateBadge } from './relay-cards';
import classes from './relay-history.module.css';

/** Whether it carries mail now, and when others had to in its place. */
export function RelayHistory({ relay }: { relay: Relay }) {
  const { t, i18n } = useTranslation('relays');
  const history = useQuery(relayHistory(relay.name, i18n.resolvedLanguage ?? 'en'));
  return (
    <Section title={t('history.title')} aside={<RelayStateBadge relay={relay} />}>
      {relay.state_reason && (
        <Text size="sm" mb="sm" lang="en">
          {relay.state_reason}
        </Text>
      )}
      {history.isPending && <TableSkeleton rows={2} />}
      {history.isError && (
        <ProblemPanel
          error={history.error}
          onRetry={() => void history.refetch()}
          retrying={history.isFetching}
          background={history.data !== undefined}
        />
      )}
      {history.data?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('history.none')}
        </Text>
      )}
      {history.data && history.data.length > 0 && (
        <ol className={classes.list} aria-label={t('history.title')}>
          {history.data.map((incident) => (
            <li key={incident.id} className={classes.incident} data-open={incident.open || undefined}>
              <Line incident={incident} />
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

function Line({ incident }: { incident: Incident }) {
  const { t } = useTranslation('relays');
  return (
    <Stack gap={2}>
      <div className={classes.head}>
        <Text size="sm" fw={600} component="span">
          {incident.title}
        </Text>
        {incident.open && (
          <Badge size="sm" variant="light" color="orange" tt="none">
            {t('history.stands')}
          </Badge>
        )}
      </div>
      <Text size="sm" c="dimmed">
        <Moment at={incident.opened_at} show="both" />
        {incident.resolved_at && (
          <>
            {' · '}
            {t('history.over')} <Moment at={incident.resolved_at} />
          </>
        )}
      </Text>
      <Text size="sm">{incident.summary}</Text>
      {incident.reason && (
        <Text size="xs" c="dimmed" lang="en" className={classes.reason}>
          {incident.reason}
        </Text>
      )}
    </Stack>
  );
}
