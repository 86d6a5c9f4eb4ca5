import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { useDeleteDomain } from '../api/change-domains';
import type { Domain } from '../api/domain';

export function DeleteDomainDialog({ domain, onClose }: { domain: Domain; onClose: () => void }) {
  const { t } = useTranslation('domains');
  const navigate = useNavigate();
  const remove = useDeleteDomain(domain.id);
  const name = domain.display_name;
  const submit = () => {
    remove.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ message: t('delete.done', { name }) });
        void navigate({ to: '/domains' });
      },
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('delete.title', { name })}
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
