import { Container } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { listAlerts, unknownToAll } from '../api/list-alerts';
import classes from './alert-banner.module.css';

/** On every page while something stands that nobody has acknowledged. A failed look says nothing: the page below tells of it. */
export function AlertBanner() {
  const { t } = useTranslation('alerts');
  const alerts = useQuery(listAlerts());
  const standing = alerts.data ? unknownToAll(alerts.data) : [];
  const first = standing[0];
  return (
    <div role="status">
      {first && (
        <div className={classes.banner}>
          <Container size={1200} px={{ base: 'md', sm: 'xl' }}>
            <Link to="/alerts" className={classes.link}>
              <IconAlertTriangle size={18} aria-hidden className={classes.icon} />
              <span className={classes.title}>{first.title}</span>
              <span className={classes.more}>
                {standing.length > 1 ? t('banner', { count: standing.length }) : t('show')}
              </span>
            </Link>
          </Container>
        </div>
      )}
    </div>
  );
}
