import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { Refused } from '@/shared/components/refused';
import { useRemoveSuppression } from '../api/change-suppressions';
import type { Suppression } from '../api/suppression';

export function RemoveSuppressionDialog({ entry, onClose }: { entry: Suppression; onClose: () => void }) {
  const { t } = useTranslation('suppressions');
  const remove = useRemoveSuppression();
  const { email, reason } = entry;
  const submit = () => {
    remove.mutate(entry.id, {
      onSuccess: () => {
        onClose();
        notifications.show({ message: t('remove.done', { email }) });
      },
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('remove.title', { email })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="md">
        <Text size="sm">
          {reason === 'manual' || reason === 'soft_bounce' ? t('remove.help') : t(`remove.${reason}`)}
        </Text>
        {remove.error && <Refused error={remove.error} onRetry={submit} retrying={remove.isPending} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('remove.keep')}
          </Button>
          <Button color="red.9" onClick={submit} loading={remove.isPending}>
            {t('remove.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
