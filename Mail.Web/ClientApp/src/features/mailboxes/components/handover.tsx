import { Button, Group, Loader, Text } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useTakeCredentials } from '../api/change-mailboxes';
import type { Mailbox } from '../api/mailbox';
import { CredentialsPanel } from './credentials-panel';
import { Refusal } from './refusal';

interface Props {
  mailbox: Mailbox;
  /** Where nobody has asked for them just now: then a button asks first, because they are shown once. */
  ask?: boolean;
  children?: ReactNode;
}

/** Takes the credentials that nobody has seen, and shows them as long as the page stands. */
export function Handover({ mailbox, ask = false, children }: Props) {
  const { t } = useTranslation('mailboxes');
  const take = useTakeCredentials(mailbox.id);
  const isReady = mailbox.status === 'active' && mailbox.waiting_for === null && mailbox.credentials_waiting;
  const { mutate, isIdle } = take;
  useEffect(() => {
    if (isReady && isIdle && !ask) mutate();
  }, [isReady, isIdle, ask, mutate]);

  if (take.data) return <CredentialsPanel made={take.data}>{children}</CredentialsPanel>;
  const again = () => {
    take.mutate();
  };
  if (take.error) return <Refusal error={take.error} onRetry={again} retrying={take.isPending} />;
  if (ask && isReady) {
    return (
      <Group gap="sm">
        <Text size="sm">{t('credentials.waiting')}</Text>
        <Button size="xs" onClick={again} loading={take.isPending}>
          {t('credentials.show')}
        </Button>
      </Group>
    );
  }
  if (!isReady && !take.isPending) {
    return ask ? null : <Text size="sm">{t('credentials.shown')}</Text>;
  }
  return (
    <Group gap="sm" role="status">
      <Loader size="sm" aria-hidden />
      <Text size="sm">{t('credentials.coming')}</Text>
    </Group>
  );
}
