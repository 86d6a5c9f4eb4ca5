import { Alert, Center, Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { IconClockExclamation } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Brand } from '@/shared/components/brand';
import { ColorSchemeMenu } from '@/shared/components/color-scheme-menu';
import { LanguageMenu } from '@/shared/components/language-menu';
import { Page } from '@/shared/components/page';
import { getSession } from '../api/get-session';
import { SignInForm } from './sign-in-form';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { t } = useTranslation('auth');
  const { next, reason } = route.useSearch();
  const router = useRouter();
  const session = useQuery(getSession());

  const signedIn = session.data?.kind === 'signed-in';

  useEffect(() => {
    if (signedIn) router.history.replace(isWithinConsole(next) ? next : '/messages');
  }, [signedIn, next, router]);

  return (
    <Center component="main" mih="100dvh" p="md" pos="relative">
      <Group gap={4} pos="absolute" top={12} right={12}>
        <LanguageMenu />
        <ColorSchemeMenu />
      </Group>
      <Stack w="100%" maw={400} gap="lg">
        <Brand size={40} />
        <Page title={t('title')}>
          <Text c="dimmed" mt={-16}>
            {t('subtitle')}
          </Text>
          {reason === 'expired' && (
            <Alert
              role="status"
              variant="outline"
              color="yellow"
              icon={<IconClockExclamation aria-hidden />}
              styles={{ message: { color: 'var(--mantine-color-text)' } }}
            >
              {t('expired')}
            </Alert>
          )}
          <Paper withBorder p="lg">
            <SignInForm />
          </Paper>
          <Text size="xs" c="dimmed">
            {t('firstTime')}
          </Text>
        </Page>
      </Stack>
    </Center>
  );
}

/** A link to the sign-in page must not be able to send people to another site afterwards. */
function isWithinConsole(address: string | undefined): address is string {
  return address !== undefined && /^\/(?![/\\])/.test(address);
}
