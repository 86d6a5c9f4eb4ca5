import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useRotate } from '../api/change-mailboxes';
import { getMailbox } from '../api/get-mailbox';
import type { Mailbox } from '../api/mailbox';
import { CredentialsPanel } from './credentials-panel';
import { Handover } from './handover';
import { Refusal } from './refusal';
import { WaitingNote } from './waiting-note';

/** New credentials, shown where they were asked for. A click beside the dialog does not close it: they are shown once. */
export function RotateDialog({ mailbox, onClose }: { mailbox: Mailbox; onClose: () => void }) {
  const { t } = useTranslation('mailboxes');
  const rotate = useRotate(mailbox.id);
  const submit = () => {
    rotate.mutate();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={!rotate.data}
      size="lg"
      title={t('confirm.rotate.title', { email: mailbox.email })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="md">
        {!rotate.data && <Text size="sm">{t('confirm.rotate.help')}</Text>}
        <Refusal error={rotate.error} onRetry={submit} retrying={rotate.isPending} />
        {rotate.data?.credentials && <CredentialsPanel made={rotate.data} />}
        {rotate.data && !rotate.data.credentials && <NewOnes id={mailbox.id} />}
        <Group justify="flex-end" gap="sm">
          {rotate.data ? (
            <Button onClick={onClose}>{t('close')}</Button>
          ) : (
            <>
              <Button variant="default" onClick={onClose} data-autofocus>
                {t('confirm.keep')}
              </Button>
              <Button onClick={submit} loading={rotate.isPending}>
                {t('confirm.rotate.submit')}
              </Button>
            </>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

/** Until the provider has made them. */
function NewOnes({ id }: { id: string }) {
  const mailbox = useQuery({ ...getMailbox(id), refetchOnMount: 'always' });
  // What was known before says nothing about the new ones.
  if (!mailbox.data || !mailbox.isFetchedAfterMount) return null;
  return (
    <>
      <WaitingNote mailbox={mailbox.data} />
      <Handover mailbox={mailbox.data} />
    </>
  );
}
