import { Stack } from '@mantine/core';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './settings-layout.module.css';

/** What runs by mail between people: one destination of the header, with its own row of pages. */
export function FlowsLayout() {
  const { t } = useTranslation();
  return (
    <Stack gap="lg">
      <nav aria-label={t('shell.flows')} className={classes.pages}>
        <Link to="/reservations" className={classes.page} activeOptions={{ includeSearch: false }}>
          {t('shell.reservations')}
        </Link>
        <Link to="/campaigns" className={classes.page} activeOptions={{ includeSearch: false }}>
          {t('shell.invitations')}
        </Link>
        <Link to="/requests" className={classes.page} activeOptions={{ includeSearch: false }}>
          {t('shell.requests')}
        </Link>
      </nav>
      <Outlet />
    </Stack>
  );
}
