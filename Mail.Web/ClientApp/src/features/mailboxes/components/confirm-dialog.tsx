import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { UseMutationResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Refusal } from './refusal';

interface Props {
  email: string;
  task: 'suspend' | 'delete' | 'giveUp';
  change: Pick<UseMutationResult<unknown, Error, void>, 'mutate' | 'isPending' | 'error'>;
  dangerous?: boolean;
  onClose: () => void;
}

/** Says what will be lost before it is. */
export function ConfirmDialog({ email, task, change, dangerous = false, onClose }: Props) {
  const { t } = useTranslation('mailboxes');
  const submit = () => {
    change.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ message: t(`confirm.${task}.done`, { email }) });
        onClose();
      },
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`confirm.${task}.title`, { email })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t(`confirm.${task}.help`)}</Text>
        <Refusal error={change.error} onRetry={submit} retrying={change.isPending} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('confirm.keep')}
          </Button>
          <Button color={dangerous ? 'red' : undefined} onClick={submit} loading={change.isPending}>
            {t(`confirm.${task}.submit`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
