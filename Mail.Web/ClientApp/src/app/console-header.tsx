import { Container, Group, VisuallyHidden } from '@mantine/core';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '@/features/auth/api/session';
import { AccountMenu } from '@/features/auth/components/account-menu';
import { ProjectSwitcher } from '@/features/auth/components/project-switcher';
import { Brand } from '@/shared/components/brand';
import { ColorSchemeMenu } from '@/shared/components/color-scheme-menu';
import { LanguageMenu } from '@/shared/components/language-menu';
import classes from './console-header.module.css';

/** The pages of app/settings-layout.tsx. */
const settings = ['/team', '/api-keys', '/audit-log', '/privacy', '/app-accounts', '/go-live'];

/** The pages of app/flows-layout.tsx. */
const flows = ['/reservations', '/campaigns', '/requests'];

export function ConsoleHeader({ session }: { session: Session }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const inSettings = useLocation({
    select: ({ pathname }) => settings.some((path) => pathname.startsWith(path)),
  });
  const inFlows = useLocation({
    select: ({ pathname }) => flows.some((path) => pathname.startsWith(path)),
  });
  const navigation = useWhereWeAreInView();
  return (
    <header className={classes.header}>
      <Container size={1200} px={{ base: 'md', sm: 'xl' }} h={56}>
        <Group h="100%" justify="space-between" wrap="nowrap" gap="sm">
          <Group h="100%" gap="sm" wrap="nowrap" className={classes.start}>
            <Link to="/messages" className={classes.brand}>
              <Brand />
              <span aria-hidden className={classes.product}>
                {t('product')}
              </span>
              <VisuallyHidden>{t('shell.home')}</VisuallyHidden>
            </Link>
            <span aria-hidden className={classes.slash} />
            <ProjectSwitcher session={session} onSwitched={() => void navigate({ to: '/messages' })} />
            <nav ref={navigation} aria-label={t('shell.navigation')} className={classes.navigation}>
              <Link to="/messages" className={classes.destination} activeOptions={{ includeSearch: false }}>
                {t('shell.messages')}
              </Link>
              <Link
                to="/reservations"
                className={classes.destination}
                data-status={inFlows ? 'active' : undefined}
              >
                {t('shell.flows')}
              </Link>
              <Link
                to="/suppressions"
                className={classes.destination}
                activeOptions={{ includeSearch: false }}
              >
                {t('shell.suppressions')}
              </Link>
              <Link to="/relays" className={classes.destination}>
                {t('shell.relays')}
              </Link>
              <Link to="/domains" className={classes.destination}>
                {t('shell.domains')}
              </Link>
              <Link to="/webhooks" className={classes.destination}>
                {t('shell.webhooks')}
              </Link>
              <Link to="/alerts" className={classes.destination}>
                {t('shell.alerts')}
              </Link>
              <Link
                to="/team"
                className={classes.destination}
                data-status={inSettings ? 'active' : undefined}
              >
                {t('shell.settings')}
              </Link>
            </nav>
          </Group>
          <Group gap={4} wrap="nowrap">
            <LanguageMenu />
            <ColorSchemeMenu />
            <AccountMenu session={session} />
          </Group>
        </Group>
      </Container>
    </header>
  );
}

/** On a phone the destinations are scrolled sideways; the one we are at would be out of sight. */
function useWhereWeAreInView() {
  const navigation = useRef<HTMLElement>(null);
  const path = useLocation({ select: (location) => location.pathname });
  useEffect(() => {
    const row = navigation.current;
    const here = row?.querySelector<HTMLElement>('[data-status="active"]');
    if (row && here) row.scrollLeft = here.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  }, [path]);
  return navigation;
}
