import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { Refused } from '@/shared/components/refused';
import { useRemoveSettings } from '../api/settings';

interface Props {
  onClose: () => void;
  onDone: () => void;
}

export function RemoveDialog({ onClose, onDone }: Props) {
  const { t } = useTranslation('appAccounts');
  const remove = useRemoveSettings();
  const send = () => {
    remove.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ message: t('remove.done') });
        onDone();
      },
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('remove.title')}
      closeButtonProps={{ 'aria-label': t('remove.keep') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('remove.help')}</Text>
        {remove.error && <Refused error={remove.error} onRetry={send} retrying={remove.isPending} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('remove.keep')}
          </Button>
          <Button color="red.9" loading={remove.isPending} onClick={send}>
            {t('remove.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
