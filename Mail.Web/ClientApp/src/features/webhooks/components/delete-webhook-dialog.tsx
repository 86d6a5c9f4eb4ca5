import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { useDeleteWebhook } from '../api/change-webhooks';
import type { Webhook } from '../api/webhook';

export function DeleteWebhookDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useTranslation('webhooks');
  const navigate = useNavigate();
  const remove = useDeleteWebhook(webhook.id);
  const submit = () => {
    remove.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ message: t('delete.done', { endpoint: webhook.endpoint }) });
        void navigate({ to: '/webhooks' });
      },
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('delete.title', { endpoint: webhook.endpoint })}
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
