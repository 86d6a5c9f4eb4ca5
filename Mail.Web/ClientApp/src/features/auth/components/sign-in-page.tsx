import { Alert, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { IconClockExclamation } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getSession } from '../api/get-session';
import { AuthFrame } from './auth-frame';
import { SecondFactorForm } from './second-factor-form';
import { SignInForm } from './sign-in-form';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { t } = useTranslation('auth');
  const { next, reason } = route.useSearch();
  const router = useRouter();
  const session = useQuery(getSession());
  const [challenged, setChallenged] = useState(false);

  const signedIn = session.data?.kind === 'signed-in';

  useEffect(() => {
    if (signedIn) router.history.replace(isWithinConsole(next) ? next : '/');
  }, [signedIn, next, router]);

  if (challenged) {
    return (
      <AuthFrame title={t('secondStep')}>
        <SecondFactorForm
          onStartAgain={() => {
            setChallenged(false);
          }}
        />
      </AuthFrame>
    );
  }
  return (
    <AuthFrame
      title={t('title')}
      subtitle={t('subtitle')}
      notice={
        reason === 'expired' && (
          <Alert
            role="status"
            variant="outline"
            color="yellow"
            icon={<IconClockExclamation aria-hidden />}
            styles={{ message: { color: 'var(--mantine-color-text)' } }}
          >
            {t('expired')}
          </Alert>
        )
      }
      footer={
        <Text size="xs" c="dimmed">
          {t('firstTime')}
        </Text>
      }
    >
      <SignInForm
        onChallenge={() => {
          setChallenged(true);
        }}
      />
    </AuthFrame>
  );
}

/** A link to the sign-in page must not be able to send people to another site afterwards. */
function isWithinConsole(address: string | undefined): address is string {
  return address !== undefined && /^\/(?![/\\])/.test(address);
}
