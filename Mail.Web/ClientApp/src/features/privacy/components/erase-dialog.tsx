import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErasePerson } from '../api/erasures';
import { Refusal } from './refusal';

interface Props {
  email: string;
  onClose: () => void;
  onDone: () => void;
}

/** Nobody can undo it: the safe answer has the focus. */
export function EraseDialog({ email, onClose, onDone }: Props) {
  const { t } = useTranslation('privacy');
  const erase = useErasePerson();
  const [keep, setKeep] = useState(false);
  const submit = () => {
    erase.mutate(
      { email, keep_suppressed: keep },
      {
        onSuccess: ({ status }) => {
          onDone();
          notifications.show({ message: t(`erase.${status}`) });
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('erase.title', { email })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('erase.help')}</Text>
        <Checkbox
          checked={keep}
          onChange={(change) => {
            setKeep(change.currentTarget.checked);
          }}
          label={t('erase.keep')}
          description={t('erase.keepHelp')}
        />
        {erase.error && <Refusal error={erase.error} onRetry={submit} retrying={erase.isPending} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button color="red.9" onClick={submit} loading={erase.isPending}>
            {t('erase.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
