import { Button, Group, Modal, NativeSelect, Stack, Switch, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api/api-error';
import { useSaveConnection } from '../api/change-connections';
import type { Connection, Kind } from '../api/connections';
import { ConnectionField } from './connection-field';
import { Refusal } from './refusal';
import { useWords } from './use-words';

interface Props {
  kinds: Kind[];
  /** Absent for a new one. */
  connection: Connection | undefined;
  onClose: () => void;
}

/** Made from what the API says of the kind. What the API refuses stands at the field that it names. */
export function ConnectionDialog({ kinds, connection, onClose }: Props) {
  const { t } = useTranslation('mailboxes');
  const words = useWords();
  const save = useSaveConnection(connection?.id);
  const [kindName, setKind] = useState(connection?.kind ?? 'local');
  const [name, setName] = useState(connection?.name ?? '');
  const [isEnabled, setEnabled] = useState(connection?.enabled ?? true);
  const kind = kinds.find((one) => one.name === kindName) ?? kinds[0];
  const [settings, setSettings] = useState<Record<string, string>>(() => plainOf(connection));
  const refusal = save.error instanceof ApiError ? save.error : undefined;
  const wrong = refusal && fieldNamed(refusal.message);
  const send = (event?: SyntheticEvent) => {
    event?.preventDefault();
    const body: Record<string, unknown> = {
      settings: bodyOf(kind, settings, connection),
      enabled: isEnabled,
    };
    if (name.trim() !== '') body.name = name.trim();
    if (connection) body.revision = connection.revision;
    else body.kind = kind?.name;
    save.mutate(body, {
      onSuccess: (saved) => {
        notifications.show({ message: t('connections.saved', { name: saved.name }) });
        onClose();
      },
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      size="lg"
      title={connection ? t('connections.changeTitle', { name: connection.name }) : t('connections.add')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          {!connection && (
            <NativeSelect
              label={t('connections.kind')}
              value={kindName}
              onChange={(event) => {
                setKind(event.currentTarget.value);
                save.reset();
              }}
              data={kinds.map((one) => ({ value: one.name, label: words.provider(one.name) }))}
            />
          )}
          {kind?.fields.length === 0 && <Text size="sm">{t('connections.nothingToSet')}</Text>}
          <TextInput
            label={t('connections.name')}
            description={t('connections.nameHelp')}
            value={name}
            maxLength={100}
            error={wrong === 'name' ? refusal?.message : undefined}
            onChange={(event) => {
              setName(event.currentTarget.value);
            }}
          />
          {kind?.fields.map((field) => (
            <ConnectionField
              key={field.name}
              kind={kind.name}
              field={field}
              value={settings[field.name] ?? ''}
              stored={typeof connection?.settings?.[field.name] === 'object'}
              error={
                wrong === field.name || wrong === `settings.${field.name}` ? refusal?.message : undefined
              }
              onChange={(value) => {
                setSettings((before) => ({ ...before, [field.name]: value }));
              }}
            />
          ))}
          {connection && (
            <Switch
              label={t('connections.enabled')}
              description={t('connections.enabledHelp')}
              checked={isEnabled}
              onChange={(event) => {
                setEnabled(event.currentTarget.checked);
              }}
            />
          )}
          <Refusal error={save.error} onRetry={send} retrying={save.isPending} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {connection ? t('save') : t('connections.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** Secrets are never given back: their fields are empty. */
function plainOf(connection: Connection | undefined): Record<string, string> {
  const settings: Record<string, string> = {};
  for (const [name, value] of Object.entries(connection?.settings ?? {})) {
    if (typeof value === 'string') settings[name] = value;
  }
  return settings;
}

/** A secret left empty stays as it is; any other field left empty is taken out. */
function bodyOf(kind: Kind | undefined, typed: Record<string, string>, connection: Connection | undefined) {
  const settings: Record<string, string | null> = {};
  for (const { name, secret } of kind?.fields ?? []) {
    const value = (typed[name] ?? '').trim();
    if (value !== '') settings[name] = value;
    else if (!secret && connection?.settings?.[name] !== undefined) settings[name] = null;
  }
  return settings;
}

/** The field that a refusal of the API names in backquotes at its beginning. */
const fieldNamed = (message: string) => /^(?:Missing )?`([^`]+)`/.exec(message)?.[1];
