import { Badge, Paper, Progress, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Fact, Facts } from '@/shared/components/facts';
import { lanes, type Relay } from '../api/relay';
import classes from './relay-cards.module.css';

/** In the order in which they are tried. */
export function RelayCards({ relays }: { relays: Relay[] }) {
  const { t } = useTranslation('relays');
  const ordered = [...relays].sort((a, b) => a.priority - b.priority || a.name.localeCompare(b.name));
  return (
    <ul className={classes.list} aria-label={t('title')}>
      {ordered.map((relay) => (
        <li key={relay.id}>
          <Paper withBorder p={{ base: 'md', sm: 'lg' }} className={classes.card}>
            <RelaySummary relay={relay} />
          </Paper>
        </li>
      ))}
    </ul>
  );
}

function RelaySummary({ relay }: { relay: Relay }) {
  const { t, i18n } = useTranslation('relays');
  const served = relay.lanes.length === 0 ? lanes : lanes.filter((lane) => relay.lanes.includes(lane));
  const number = new Intl.NumberFormat(i18n.resolvedLanguage);
  return (
    <>
      <div className={classes.head}>
        <Link to="/relays/$relayId" params={{ relayId: relay.id }} className={classes.link}>
          {relay.name}
        </Link>
        <Badge variant="light" color={stateColor(relay)} className={classes.badge}>
          {t(`state.${stateOf(relay)}`)}
        </Badge>
      </div>
      {relay.state_reason && (
        <Text size="sm" mb="sm">
          {relay.state_reason}
        </Text>
      )}
      <Facts compact>
        <Fact name={t('kind')}>{relay.preset ?? relay.kind}</Fact>
        <Fact name={t('priority')}>{relay.priority}</Fact>
        <Fact name={t('lanes')}>{served.map((lane) => t(`lane.${lane}`)).join(', ')}</Fact>
        {relay.region && <Fact name={t('region')}>{relay.region}</Fact>}
        {relay.senders.length > 0 && <Fact name={t('senders')}>{relay.senders.join(', ')}</Fact>}
        {(['day', 'month'] as const).map((period) => {
          const limit = relay[`${period}_quota`];
          if (limit === null) return null;
          const used = relay.usage?.[period];
          return (
            <Fact key={period} name={t(`quota.${period}`)}>
              {used === undefined ? number.format(limit) : `${number.format(used)} / ${number.format(limit)}`}
              {used !== undefined && (
                <Progress
                  mt={4}
                  value={Math.min(100, (100 * used) / limit)}
                  color={used >= limit ? 'red' : used >= 0.8 * limit ? 'orange' : undefined}
                  aria-label={t(`quota.${period}`)}
                />
              )}
            </Fact>
          );
        })}
      </Facts>
    </>
  );
}

const stateOf = (relay: Relay) => relay.state ?? (relay.enabled ? 'in_use' : 'off');

const stateColor = (relay: Relay) =>
  ({
    off: 'gray',
    in_use: 'teal',
    unusable: 'red',
    misconfigured: 'red',
    paused: 'orange',
    quota_used: 'orange',
  })[stateOf(relay)];
