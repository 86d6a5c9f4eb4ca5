import { Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '@/shared/components/refused';
import {
  type ApiKey,
  useChangeApiKey,
  useCreateApiKey,
  useRemoveApiKey,
  useRotateApiKey,
} from '../api/api-keys';
import { ApiKeyForm } from './api-key-form';
import { NewToken } from './new-token';

interface Props {
  apiKey: ApiKey;
  onClose: () => void;
}

export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('apiKeys');
  const create = useCreateApiKey();
  return (
    <Dialog title={t('new')} onClose={onClose} keepOpen={create.data !== undefined}>
      {create.data ? (
        <NewToken token={create.data.token} onDone={onClose} />
      ) : (
        <ApiKeyForm
          submit={t('create')}
          pending={create.isPending}
          error={create.error}
          onSubmit={(wish) => {
            create.mutate(wish);
          }}
          onCancel={onClose}
        />
      )}
    </Dialog>
  );
}

export function EditKeyDialog({ apiKey, onClose }: Props) {
  const { t } = useTranslation('apiKeys');
  const change = useChangeApiKey(apiKey.id);
  return (
    <Dialog title={t('edit.title', { name: apiKey.name })} onClose={onClose}>
      <ApiKeyForm
        apiKey={apiKey}
        submit={t('edit.save')}
        pending={change.isPending}
        error={change.error}
        onSubmit={(wish) => {
          change.mutate(wish, {
            onSuccess: () => {
              notifications.show({ message: t('edit.done', { name: wish.name }) });
              onClose();
            },
          });
        }}
        onCancel={onClose}
      />
    </Dialog>
  );
}

const graces = [0, 1, 24, 168, 720] as const;

export function RotateKeyDialog({ apiKey, onClose }: Props) {
  const { t } = useTranslation('apiKeys');
  const [hours, setHours] = useState(24);
  const rotate = useRotateApiKey(apiKey.id);
  const submit = () => {
    rotate.mutate(hours);
  };
  return (
    <Dialog
      title={t('rotate.title', { name: apiKey.name })}
      onClose={onClose}
      keepOpen={rotate.data !== undefined}
    >
      {rotate.data ? (
        <NewToken
          token={rotate.data.token}
          note={hours === 0 ? t('rotate.ended') : t('rotate.goesOn', { count: hours })}
          onDone={onClose}
        />
      ) : (
        <Stack gap="md">
          <Text size="sm">{t('rotate.help')}</Text>
          {rotate.error && <Refused error={rotate.error} onRetry={submit} retrying={rotate.isPending} />}
          <NativeSelect
            label={t('rotate.grace')}
            value={String(hours)}
            onChange={(event) => {
              setHours(Number(event.currentTarget.value));
            }}
            data={graces.map((grace) => ({
              value: String(grace),
              label: grace === 0 ? t('rotate.atOnce') : t('rotate.hours', { count: grace }),
            }))}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button onClick={submit} loading={rotate.isPending}>
              {t('rotate.confirm')}
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}

export function RemoveKeyDialog({ apiKey, onClose }: Props) {
  const { t } = useTranslation('apiKeys');
  const remove = useRemoveApiKey(apiKey.id);
  const submit = () => {
    remove.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ message: t('remove.done', { name: apiKey.name }) });
        onClose();
      },
    });
  };
  return (
    <Dialog title={t('remove.title', { name: apiKey.name })} onClose={onClose}>
      <Stack gap="md">
        <Text size="sm">{t('remove.help')}</Text>
        {remove.error && <Refused error={remove.error} onRetry={submit} retrying={remove.isPending} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button color="red.9" onClick={submit} loading={remove.isPending}>
            {t('remove.confirm')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

interface DialogProps {
  title: string;
  onClose: () => void;
  /** A click beside it must not lose what is shown once. */
  keepOpen?: boolean;
  children: ReactNode;
}

function Dialog({ title, onClose, keepOpen = false, children }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="lg"
      closeOnClickOutside={!keepOpen}
      closeOnEscape={!keepOpen}
      withCloseButton={!keepOpen}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {children}
    </Modal>
  );
}
