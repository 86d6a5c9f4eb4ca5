import { Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { Page } from '@/shared/components/page';
import classes from './mailboxes.module.css';

interface Props {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}

/** The pages about all mailboxes, with the row that leads from one to another. */
export function MailboxesFrame({ title, aside, children }: Props) {
  const { t } = useTranslation('mailboxes');
  const isAdmin = mayAs(useWorkplace()?.role, 'admin');
  const options = { exact: true, includeSearch: false };
  return (
    <Page title={title} aside={aside}>
      <Stack gap="lg">
        <nav aria-label={t('pages.label')} className={classes.pages}>
          <Link to="/mailboxes" className={classes.page} activeOptions={options}>
            {t('pages.list')}
          </Link>
          {isAdmin && (
            <>
              <Link to="/mailboxes/overview" className={classes.page} activeOptions={options}>
                {t('pages.overview')}
              </Link>
              <Link to="/mailboxes/providers" className={classes.page} activeOptions={options}>
                {t('pages.providers')}
              </Link>
            </>
          )}
          <Link to="/mailboxes/log" className={classes.page} activeOptions={options}>
            {t('pages.log')}
          </Link>
        </nav>
        {children}
      </Stack>
    </Page>
  );
}
