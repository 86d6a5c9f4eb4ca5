import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { type Cancelable, cancelable, useCancelMessage } from '../api/cancel-message';
import { Refusal } from './refusal';

interface Props {
  message: Cancelable;
  onClose: () => void;
}

export function CancelDialog({ message, onClose }: Props) {
  const { t } = useTranslation('messages');
  const cancel = useCancelMessage(message.id);
  const submit = () => {
    cancel.mutate(undefined, {
      onSuccess: ({ canceled, not_canceled: late }) => {
        onClose();
        notifications.show({
          color: late.length > 0 ? 'yellow' : undefined,
          message: [
            t('cancel.done', { count: canceled.length }),
            late.length > 0 && t('cancel.late', { count: late.length }),
          ]
            .filter(Boolean)
            .join(' '),
        });
      },
    });
  };
  return (
    <Modal opened onClose={onClose} title={t('cancel.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="md">
        <Text size="sm">{t('cancel.help', { count: cancelable(message) })}</Text>
        {cancel.error && <Refusal error={cancel.error} onRetry={submit} retrying={cancel.isPending} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('cancel.keep')}
          </Button>
          <Button color="red" onClick={submit} loading={cancel.isPending}>
            {t('cancel.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
