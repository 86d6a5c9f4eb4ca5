import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { useEmptySandbox } from '../api/empty-sandbox';

export function EmptyDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation('sandbox');
  const empty = useEmptySandbox();
  const submit = () => {
    empty.mutate(undefined, {
      onSuccess: () => {
        onDone();
        onClose();
        notifications.show({ message: t('delete.done') });
      },
    });
  };
  return (
    <Modal opened onClose={onClose} title={t('delete.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="md">
        <Text size="sm">{t('delete.help')}</Text>
        {empty.error && <ProblemPanel error={empty.error} onRetry={submit} retrying={empty.isPending} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('delete.keep')}
          </Button>
          <Button color="red" onClick={submit} loading={empty.isPending}>
            {t('delete.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
