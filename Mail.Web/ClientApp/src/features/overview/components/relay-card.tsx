import { Badge, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '@/shared/components/links';
import { getRelayHealth, type RelayHealth } from '../api/get-health';
import { HealthCard } from './health-card';
import classes from './overview.module.css';

const known = ['off', 'in_use', 'unusable', 'misconfigured', 'paused', 'quota_used'] as const;
const colors = {
  off: 'gray',
  in_use: 'teal',
  unusable: 'red',
  misconfigured: 'red',
  paused: 'orange',
  quota_used: 'orange',
};

export function RelayCard() {
  const { t } = useTranslation('overview');
  const relays = useQuery(getRelayHealth());
  return (
    <HealthCard
      title={t('relays.title')}
      query={relays}
      more={
        <AnchorLink to="/relays" size="sm">
          {t('relays.all')}
        </AnchorLink>
      }
    >
      {({ data }) =>
        data.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('relays.none')}
          </Text>
        ) : (
          <ul className={classes.list} aria-label={t('relays.title')}>
            {data.map((relay) => (
              <li key={relay.id}>
                <RelayLine relay={relay} />
              </li>
            ))}
          </ul>
        )
      }
    </HealthCard>
  );
}

function RelayLine({ relay }: { relay: RelayHealth }) {
  const { t } = useTranslation('overview');
  const state = known.find((one) => one === relay.state) ?? (relay.enabled ? 'in_use' : 'off');
  return (
    <>
      <div className={classes.line}>
        <AnchorLink to="/relays/$relayId" params={{ relayId: relay.id }} size="sm" underline="always">
          {relay.name}
        </AnchorLink>
        <Badge variant="light" color={colors[state]}>
          {t(`relays.state.${state}`)}
        </Badge>
      </div>
      {relay.state_reason && (
        <Text size="xs" c="dimmed">
          {relay.state_reason}
        </Text>
      )}
    </>
  );
}
