import { Button, Modal, Stack, Text } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasSessionEnded } from '@/shared/api/session-end';
import { sessionKey, setSession } from '../api/session';
import { SecondFactorForm } from './second-factor-form';
import { SignInForm } from './sign-in-form';

// Escape must not close a dialog of the page beneath, which holds what was typed. Dialogs listen on the window while the event is on its way down, first come first served: so
// this listens from the start.
window.addEventListener(
  'keydown',
  (event) => {
    if (event.key === 'Escape' && hasSessionEnded()) event.stopImmediatePropagation();
  },
  { capture: true },
);

/** Over the page, which stays as it is with all that was typed: the session has ended, and the same person signs in again. */
export default function SignInAgain({ email }: { email: string }) {
  const { t } = useTranslation('auth');
  const queries = useQueryClient();
  const [challenged, setChallenged] = useState(false);

  // Signed in again in another tab: then it is so here too.
  useWindowEvent('focus', () => void queries.refetchQueries({ queryKey: sessionKey }));

  return (
    <Modal
      opened
      centered
      onClose={() => undefined}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      // Above every dialog, menu and notification of the page, and covering what stands there: whoever passes by is not signed in.
      zIndex={1000}
      overlayProps={{ backgroundOpacity: 0.85, blur: 8 }}
      title={t('again.title')}
    >
      <Stack gap="md">
        <Text size="sm">{t('again.help')}</Text>
        {challenged ? (
          <SecondFactorForm
            onStartAgain={() => {
              setChallenged(false);
            }}
          />
        ) : (
          <SignInForm
            email={email}
            staying
            onChallenge={() => {
              setChallenged(true);
            }}
          />
        )}
        <Stack gap={4} align="flex-start">
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            onClick={() => {
              setSession(queries, { kind: 'signed-out', expired: true });
            }}
          >
            {t('again.else')}
          </Button>
          <Text size="xs" c="dimmed">
            {t('again.elseHelp')}
          </Text>
        </Stack>
      </Stack>
    </Modal>
  );
}
