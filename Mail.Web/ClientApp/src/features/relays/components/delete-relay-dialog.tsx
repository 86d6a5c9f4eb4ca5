import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { useDeleteRelay } from '../api/change-relays';
import type { Relay } from '../api/relay';

export function DeleteRelayDialog({ relay, onClose }: { relay: Relay; onClose: () => void }) {
  const { t } = useTranslation('relays');
  const navigate = useNavigate();
  const remove = useDeleteRelay(relay.id);
  const submit = () => {
    remove.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ message: t('delete.done', { name: relay.name }) });
        void navigate({ to: '/relays' });
      },
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('delete.title', { name: relay.name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('delete.help')}</Text>
        {remove.error && <ProblemPanel error={remove.error} onRetry={submit} retrying={remove.isPending} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('delete.keep')}
          </Button>
          <Button color="red" onClick={submit} loading={remove.isPending}>
            {t('delete.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
