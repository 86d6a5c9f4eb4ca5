import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useWorkplace } from '@/shared/api/workplace';
import { Refused } from '@/shared/components/refused';
import { useLeave } from '../api/members';
import { useTeamWords } from './use-team-words';

export function LeaveDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('team');
  const { t: common } = useTranslation();
  const words = useTeamWords();
  const navigate = useNavigate();
  const leave = useLeave();
  const project = useWorkplace()?.projectName ?? '';
  const submit = () => {
    leave.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ message: t('leave.done', { project }) });
        void navigate({ to: '/' });
      },
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('leave.title', { project })}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('leave.help')}</Text>
        {leave.error && (
          <Refused error={leave.error} words={words.refusal} onRetry={submit} retrying={leave.isPending} />
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button color="red.9" onClick={submit} loading={leave.isPending}>
            {t('leave.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
