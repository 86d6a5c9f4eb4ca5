import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '@/shared/components/refused';
import { usePublishTemplate } from '../api/change-template';
import { problemsOf } from '../api/render-template';
import { ProblemList } from './problem-list';
import type { Preview } from './use-preview';
import type { DraftHandle } from './use-template-draft';

interface Props {
  address: string;
  handle: DraftHandle;
  preview: Preview;
  onClose: () => void;
}

/** What the linter says stands before the button; what is published is what was saved. */
export function PublishDialog({ address, handle, preview, onClose }: Props) {
  const { t } = useTranslation('templates');
  const publish = usePublishTemplate(address);
  const [note, setNote] = useState('');
  const problems = problemsOf(publish.error) ?? preview.problems;
  const hasErrors = problems.some(({ severity }) => severity === 'error');

  const send = async (event?: SyntheticEvent) => {
    event?.preventDefault();
    try {
      if (handle.dirty) await handle.save();
    } catch {
      onClose(); // why it was not saved is said above the editor
      return;
    }
    publish.mutate(note.trim(), {
      onSuccess: ({ version }) => {
        notifications.show({ message: t('publish.done', { version }) });
        onClose();
      },
    });
  };

  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('publish.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form onSubmit={(event) => void send(event)} noValidate>
        <Stack gap="md">
          <Text size="sm">{t('publish.help')}</Text>
          <ProblemList problems={problems} isRendering={preview.isRendering} />
          {hasErrors && (
            <Text size="sm" c="red" role="status">
              {t('publish.hindered')}
            </Text>
          )}
          <TextInput
            label={t('publish.note')}
            description={t('publish.noteHelp')}
            maxLength={500}
            value={note}
            onChange={(event) => {
              setNote(event.currentTarget.value);
            }}
          />
          {publish.error && !problemsOf(publish.error) && (
            <Refused error={publish.error} onRetry={() => void send()} retrying={publish.isPending} />
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button
              type="submit"
              loading={publish.isPending || handle.saving}
              disabled={preview.hasErrors} // a preview under way does not hinder: publishing looks at it again
            >
              {t(handle.dirty ? 'publish.saveAndDo' : 'publish.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
