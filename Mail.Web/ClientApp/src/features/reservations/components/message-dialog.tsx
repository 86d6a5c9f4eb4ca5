import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '@/shared/components/refused';

interface Props {
  title: string;
  help: string;
  confirm: string;
  error: Error | null;
  pending: boolean;
  onClose: () => void;
  onConfirm: (message: string | undefined) => void;
}

/** The question before what cannot be undone, with words for the mail that tells of it. */
export function MessageDialog({ title, help, confirm, error, pending, onClose, onConfirm }: Props) {
  const { t } = useTranslation('reservations');
  const [message, setMessage] = useState('');
  const send = () => {
    onConfirm(message.trim() === '' ? undefined : message.trim());
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="md">
        <Text size="sm">{help}</Text>
        <Textarea
          label={t('message')}
          description={t('messageHelp')}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={2000}
          value={message}
          onChange={(event) => {
            setMessage(event.currentTarget.value);
          }}
        />
        {error && <Refused error={error} onRetry={send} retrying={pending} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('keep')}
          </Button>
          <Button color="red.9" loading={pending} onClick={send}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
