import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '@/shared/components/refused';
import { useAddSuppression } from '../api/change-suppressions';

export function AddSuppressionDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('suppressions');
  const add = useAddSuppression();
  const [email, setEmail] = useState('');
  const [topic, setTopic] = useState('');
  const [note, setNote] = useState('');
  const submit = () => {
    add.mutate(
      { email, topic_id: topic.trim() || undefined, note: note.trim() || undefined },
      {
        onSuccess: (entry) => {
          onClose();
          notifications.show({ message: t('add.done', { email: entry.email }) });
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={t('add.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          <Text size="sm">{t('add.help')}</Text>
          <TextInput
            label={t('add.address')}
            type="email"
            required
            data-autofocus
            maxLength={320}
            value={email}
            onChange={(event) => {
              setEmail(event.currentTarget.value);
            }}
          />
          <TextInput
            label={t('add.topic')}
            description={t('add.topicHelp')}
            maxLength={128}
            value={topic}
            onChange={(event) => {
              setTopic(event.currentTarget.value);
            }}
          />
          <TextInput
            label={t('add.note')}
            maxLength={500}
            value={note}
            onChange={(event) => {
              setNote(event.currentTarget.value);
            }}
          />
          {add.error && <Refused error={add.error} onRetry={submit} retrying={add.isPending} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {t('add.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
