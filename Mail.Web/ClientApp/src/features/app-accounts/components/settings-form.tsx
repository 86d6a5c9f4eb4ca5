import { Button, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '@/shared/components/refused';
import type { Settings, Wish } from '../api/settings';

interface Props {
  settings: Settings;
  mayChange: boolean;
  pending: boolean;
  error: Error | null;
  onSubmit: (wish: Wish) => void;
}

const fields = [
  { name: 'callback_url', type: 'url', placeholder: 'https://app.example.com/mail/accounts' },
  { name: 'from', type: 'text', placeholder: 'Northwind <no-reply@example.com>' },
  { name: 'app_name', type: 'text', placeholder: 'Northwind' },
  { name: 'app_url', type: 'url', placeholder: 'https://app.example.com' },
  { name: 'support_email', type: 'email', placeholder: 'help@example.com' },
  { name: 'reset_url', type: 'url', placeholder: 'https://app.example.com/forgot' },
] as const;

export function SettingsForm({ settings, mayChange, pending, error, onSubmit }: Props) {
  const { t } = useTranslation('appAccounts');
  const [wish, setWish] = useState<Wish>({
    callback_url: settings.callback_url ?? '',
    from: settings.from ?? '',
    app_name: settings.app_name ?? '',
    app_url: settings.app_url ?? '',
    support_email: settings.support_email ?? '',
    reset_url: settings.reset_url ?? '',
    lookup: settings.lookup,
  });
  const send = (event?: SyntheticEvent) => {
    event?.preventDefault();
    onSubmit(wish);
  };
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {fields.map(({ name, type, placeholder }) => (
          <TextInput
            key={name}
            label={t(`field.${name}`)}
            description={t(`fieldHelp.${name}`)}
            placeholder={placeholder}
            type={type}
            required={name === 'callback_url'}
            readOnly={!mayChange}
            autoComplete="off"
            value={wish[name]}
            onChange={(event) => {
              setWish({ ...wish, [name]: event.currentTarget.value });
            }}
          />
        ))}
        <Switch
          label={t('field.lookup')}
          description={t('fieldHelp.lookup')}
          checked={wish.lookup}
          disabled={!mayChange}
          onChange={(event) => {
            setWish({ ...wish, lookup: event.currentTarget.checked });
          }}
        />
        {error && <Refused error={error} onRetry={send} retrying={pending} />}
        {mayChange ? (
          <Group>
            <Button type="submit" loading={pending}>
              {t('save')}
            </Button>
          </Group>
        ) : (
          <Text size="sm" c="dimmed">
            {t('readOnly')}
          </Text>
        )}
      </Stack>
    </form>
  );
}
