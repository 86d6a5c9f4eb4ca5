import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Refused } from '@/shared/components/refused';
import { useDeleteTemplate } from '../api/change-template';
import type { Template } from '../api/template';
import { unsaved } from '../model/unsaved';

interface Props {
  address: string;
  template: Template;
  onClose: () => void;
}

export function DeleteTemplateDialog({ address, template, onClose }: Props) {
  const { t } = useTranslation('templates');
  const navigate = useNavigate();
  const remove = useDeleteTemplate(address);
  const submit = () => {
    remove.mutate(undefined, {
      onSuccess: () => {
        unsaved.forget('template', template.id ?? '');
        notifications.show({ message: t('delete.done', { name: template.name }) });
        void navigate({ to: '/templates' });
      },
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('delete.title', { name: template.name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('delete.help')}</Text>
        {remove.error && <Refused error={remove.error} onRetry={submit} retrying={remove.isPending} />}
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
