import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Refused } from '@/shared/components/refused';
import { useDeleteLayout } from '../api/layouts';

export function DeleteLayoutDialog({ layoutKey, onClose }: { layoutKey: string; onClose: () => void }) {
  const { t } = useTranslation('templates');
  const navigate = useNavigate();
  const remove = useDeleteLayout(layoutKey);
  const submit = () => {
    remove.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ message: t('layouts.deleted', { key: layoutKey }) });
        void navigate({ to: '/template-layouts' });
      },
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('layouts.deleteTitle', { key: layoutKey })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('layouts.deleteHelp')}</Text>
        {remove.error && <Refused error={remove.error} onRetry={submit} retrying={remove.isPending} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button color="red" onClick={submit} loading={remove.isPending}>
            {t('layouts.deleteDo')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
