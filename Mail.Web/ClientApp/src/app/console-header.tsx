import { ActionIcon, Burger, Group, Kbd, VisuallyHidden } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Session } from '@/features/auth/api/session';
import { AccountMenu } from '@/features/auth/components/account-menu';
import { ProjectSwitcher } from '@/features/auth/components/project-switcher';
import { Brand } from '@/shared/components/brand';
import { ColorSchemeMenu } from '@/shared/components/color-scheme-menu';
import { LanguageMenu } from '@/shared/components/language-menu';
import classes from './console-header.module.css';

interface Props {
  session: Session;
  /** Whether the drawer with the destinations is open, where they have no room beside the page. */
  opened: boolean;
  onToggle: () => void;
  onSearch: () => void;
}

export function ConsoleHeader({ session, opened, onToggle, onSearch }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <header className={classes.header}>
      <Group h="100%" gap="sm" wrap="nowrap" className={classes.start}>
        <Burger
          opened={opened}
          onClick={onToggle}
          hiddenFrom="md"
          size="sm"
          aria-label={t('shell.navigation')}
          aria-expanded={opened}
        />
        <Link to="/" className={classes.brand}>
          <Brand />
          <span aria-hidden className={classes.product}>
            {t('product')}
          </span>
          <VisuallyHidden>{t('shell.home')}</VisuallyHidden>
        </Link>
        <span aria-hidden className={classes.slash} />
        <ProjectSwitcher session={session} onSwitched={() => void navigate({ to: '/' })} />
      </Group>
      <Group gap={4} wrap="nowrap">
        <Kbd visibleFrom="md" aria-hidden>
          {t('shell.searchKeys')}
        </Kbd>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('shell.search')} onClick={onSearch}>
          <IconSearch size={20} aria-hidden />
        </ActionIcon>
        <LanguageMenu />
        <ColorSchemeMenu />
        <AccountMenu session={session} />
      </Group>
    </header>
  );
}
