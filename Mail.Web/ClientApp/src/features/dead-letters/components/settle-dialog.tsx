import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { Refused } from '@/shared/components/refused';
import { useSettleDeadLetters, type Wish } from '../api/settle-dead-letters';

interface Props {
  wish: Wish;
  /** How many it is about, as far as the page knows. */
  count: number;
  onClose: () => void;
  onDone?: () => void;
}

/** Asks before several are replayed, or any is thrown away. */
export function SettleDialog({ wish, count, onClose, onDone }: Props) {
  const { t } = useTranslation('deadLetters');
  const settle = useSettleDeadLetters();
  const confirm = () => {
    settle.mutate(wish, {
      onSuccess: (done) => {
        notifications.show({ message: t(`${wish.act}.done`, { count: done }) });
        onClose();
        onDone?.();
      },
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`${wish.act}.title`, { count })}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <Stack gap="md">
        <Text size="sm">{t(`${wish.act}.help`)}</Text>
        {settle.error && <Refused error={settle.error} onRetry={confirm} retrying={settle.isPending} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            color={wish.act === 'discard' ? 'red.9' : undefined}
            loading={settle.isPending}
            onClick={confirm}
          >
            {t(`${wish.act}.confirm`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
