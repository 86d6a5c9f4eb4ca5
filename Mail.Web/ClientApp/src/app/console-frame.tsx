import { Container } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '@/features/auth/api/session';
import classes from './console-frame.module.css';
import { ConsoleHeader } from './console-header';
import { Sidebar } from './sidebar';

// Most visits never open them.
const CommandPalette = lazy(() => import('./command-palette'));
const NavigationDrawer = lazy(() => import('./navigation-drawer'));

interface Props {
  session: Session;
  /** Above the page, over its whole width. */
  banner?: ReactNode;
  children: ReactNode;
}

/** What stands around every page: the header, the destinations beside it or in a drawer, and the palette of commands. */
export function ConsoleFrame({ session, banner, children }: Props) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState(false);
  const [opened, drawer] = useDisclosure(false, {
    onOpen: () => {
      setWanted(true);
    },
  });
  const [searching, palette] = useDisclosure(false);
  useHotkeys([['mod+K', palette.open]], []);
  return (
    <>
      <a href="#content" className="mail-skip-link">
        {t('skipToContent')}
      </a>
      <ConsoleHeader session={session} opened={opened} onToggle={drawer.toggle} onSearch={palette.open} />
      <div className={classes.columns}>
        <div className={classes.sidebar}>
          <Sidebar />
        </div>
        <div className={classes.page}>
          {banner}
          <Container
            component="main"
            id="content"
            tabIndex={-1}
            size={1200}
            px={{ base: 'md', sm: 'xl' }}
            py="xl"
          >
            {children}
          </Container>
        </div>
      </div>
      {wanted && (
        <Suspense>
          <NavigationDrawer opened={opened} onClose={drawer.close} />
        </Suspense>
      )}
      {searching && (
        <Suspense>
          <CommandPalette session={session} onClose={palette.close} />
        </Suspense>
      )}
    </>
  );
}
