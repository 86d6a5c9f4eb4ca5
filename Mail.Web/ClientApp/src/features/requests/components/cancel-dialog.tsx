import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { Refused } from '@/shared/components/refused';
import { useRequestAct } from '../api/request';

export function CancelDialog({ requestId, onClose }: { requestId: string; onClose: () => void }) {
  const { t } = useTranslation('requests');
  const cancel = useRequestAct(requestId);
  const send = () => {
    cancel.mutate('cancel', {
      onSuccess: () => {
        notifications.show({ message: t('cancel.done') });
        onClose();
      },
    });
  };
  return (
    <Modal opened onClose={onClose} title={t('cancel.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="md">
        <Text size="sm">{t('cancel.help')}</Text>
        {cancel.error && <Refused error={cancel.error} onRetry={send} retrying={cancel.isPending} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('cancel.keep')}
          </Button>
          <Button color="red.9" loading={cancel.isPending} onClick={send}>
            {t('cancel.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
