import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '@/shared/components/links';
import { Refused } from '@/shared/components/refused';
import { useTestTemplate } from '../api/test-template';
import { fieldError } from '../model/field-error';
import type { DraftHandle } from './use-template-draft';

interface Props {
  address: string;
  handle: DraftHandle;
  locale: string;
  onClose: () => void;
}

/** Sends what is saved to one address: it goes the way of every mail. */
export function TestDialog({ address, handle, locale, onClose }: Props) {
  const { t } = useTranslation('templates');
  const test = useTestTemplate(address);
  const [to, setTo] = useState('');
  const [from, setFrom] = useState('');
  const refusedTo = fieldError(test.error, 'to');
  const refusedFrom = fieldError(test.error, 'from');

  const send = async (event?: SyntheticEvent) => {
    event?.preventDefault();
    try {
      if (handle.dirty) await handle.save();
    } catch {
      onClose(); // why it was not saved is said above the editor
      return;
    }
    test.mutate({ to: to.trim(), from: from.trim() || undefined, locale });
  };

  return (
    <Modal opened onClose={onClose} title={t('test.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={(event) => void send(event)} noValidate>
        <Stack gap="md">
          <Text size="sm">{t('test.help', { locale })}</Text>
          <TextInput
            label={t('test.to')}
            type="email"
            autoComplete="email"
            required
            data-autofocus
            value={to}
            error={refusedTo}
            onChange={(event) => {
              setTo(event.currentTarget.value);
            }}
          />
          <TextInput
            label={t('test.from')}
            description={t('test.fromHelp')}
            value={from}
            error={refusedFrom}
            onChange={(event) => {
              setFrom(event.currentTarget.value);
            }}
          />
          {test.error && !refusedTo && !refusedFrom && (
            <Refused error={test.error} onRetry={() => void send()} retrying={test.isPending} />
          )}
          {test.data && (
            <Alert color="teal" role="status" styles={{ message: { color: 'var(--mantine-color-text)' } }}>
              {t('test.done', { subject: test.data.subject })}{' '}
              <AnchorLink to="/messages/$messageId" params={{ messageId: test.data.id }} size="sm">
                {t('test.follow')}
              </AnchorLink>
            </Alert>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('close')}
            </Button>
            <Button type="submit" loading={test.isPending || handle.saving}>
              {t(handle.dirty ? 'test.saveAndDo' : 'test.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
