import { Stack } from '@mantine/core';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import classes from './settings-layout.module.css';

/** Who works in the project, with which keys, and who changed what: one destination of the header, with its own row of pages. */
export function SettingsLayout() {
  const { t } = useTranslation();
  const role = useWorkplace()?.role;
  return (
    <Stack gap="lg">
      <nav aria-label={t('shell.settings')} className={classes.pages}>
        <Link to="/team" className={classes.page}>
          {t('shell.team')}
        </Link>
        {mayAs(role, 'developer') && (
          <Link to="/api-keys" className={classes.page}>
            {t('shell.apiKeys')}
          </Link>
        )}
        {mayAs(role, 'admin') && (
          <>
            <Link to="/audit-log" className={classes.page} activeOptions={{ includeSearch: false }}>
              {t('shell.audit')}
            </Link>
            <Link to="/privacy" className={classes.page}>
              {t('shell.privacy')}
            </Link>
          </>
        )}
        <Link to="/app-accounts" className={classes.page}>
          {t('shell.appAccounts')}
        </Link>
        <Link to="/go-live" className={classes.page}>
          {t('shell.goLive')}
        </Link>
      </nav>
      <Outlet />
    </Stack>
  );
}
