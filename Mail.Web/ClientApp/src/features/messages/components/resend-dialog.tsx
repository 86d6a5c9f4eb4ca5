import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Message } from '../api/get-message';
import { useResendMessage } from '../api/resend-message';
import { Refusal } from './refusal';

interface Props {
  message: Message;
  onClose: () => void;
}

/** Says before anything else why a message cannot be repeated, where that is known. */
export function ResendDialog({ message, onClose }: Props) {
  const { t } = useTranslation('messages');
  const navigate = useNavigate();
  const resend = useResendMessage(message.id);
  const submit = () => {
    resend.mutate(undefined, {
      onSuccess: ({ id }) => {
        onClose();
        notifications.show({ message: t('resend.done') });
        void navigate({ to: '/messages/$messageId', params: { messageId: id } });
      },
    });
  };
  const count = message.recipients.length;
  return (
    <Modal opened onClose={onClose} title={t('resend.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="md">
        <Text size="sm">{message.cannot_resend ?? t('resend.help', { count })}</Text>
        {resend.error && <Refusal error={resend.error} onRetry={submit} retrying={resend.isPending} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {message.cannot_resend ? t('close') : t('resend.keep')}
          </Button>
          {!message.cannot_resend && (
            <Button onClick={submit} loading={resend.isPending}>
              {t('resend.confirm')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
