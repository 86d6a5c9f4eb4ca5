import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '@/shared/components/links';
import { useFormat } from '@/shared/format/use-format';
import { useNow } from '@/shared/format/use-now';
import { getOpenAlerts } from '../api/get-health';
import { HealthCard } from './health-card';
import classes from './overview.module.css';

export function AlertCard() {
  const { t } = useTranslation('overview');
  const format = useFormat();
  const now = useNow();
  const alerts = useQuery(getOpenAlerts());
  return (
    <HealthCard
      title={t('alerts.title')}
      query={alerts}
      more={
        <AnchorLink to="/alerts" size="sm">
          {t('alerts.all')}
        </AnchorLink>
      }
    >
      {({ data }) => {
        const open = data.filter((alert) => alert.open);
        if (open.length === 0) {
          return (
            <Text size="sm" c="dimmed">
              {t('alerts.none')}
            </Text>
          );
        }
        return (
          <ul className={classes.list} aria-label={t('alerts.title')}>
            {open.map((alert) => (
              <li key={alert.id}>
                <Text size="sm">{alert.title}</Text>
                <Text size="xs" c="dimmed">
                  {format.relative(alert.last_at, now)}
                </Text>
              </li>
            ))}
          </ul>
        );
      }}
    </HealthCard>
  );
}
