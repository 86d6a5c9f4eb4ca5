import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { Refused } from '@/shared/components/refused';
import { type Member, useRemoveMember } from '../api/members';
import { useTeamWords } from './use-team-words';

export function RemoveMemberDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation('team');
  const { t: common } = useTranslation();
  const words = useTeamWords();
  const remove = useRemoveMember(member.id);
  const submit = () => {
    remove.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ message: t('remove.done', { email: member.email }) });
        onClose();
      },
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('remove.title', { email: member.email })}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('remove.help')}</Text>
        {remove.error && (
          <Refused error={remove.error} words={words.refusal} onRetry={submit} retrying={remove.isPending} />
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button color="red.9" onClick={submit} loading={remove.isPending}>
            {t('remove.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
