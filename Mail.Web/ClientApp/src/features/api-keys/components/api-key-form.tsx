import {
  Button,
  Checkbox,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useWorkplace } from '@/shared/api/workplace';
import { Refused } from '@/shared/components/refused';
import type { ApiKey, ApiKeyWish } from '../api/api-keys';
import { scopesOf } from '../api/scopes';
import { emptyValues, valuesOf, wishOf } from './form-values';

interface Props {
  /** What there is; none for a new one. */
  apiKey?: ApiKey;
  submit: string;
  pending: boolean;
  error: Error | null;
  onSubmit: (wish: ApiKeyWish) => void;
  onCancel: () => void;
}

export function ApiKeyForm({ apiKey, submit, pending, error, onSubmit, onCancel }: Props) {
  const { t } = useTranslation('apiKeys');
  const role = useWorkplace()?.role;
  const form = useForm({
    initialValues: apiKey ? valuesOf(apiKey) : emptyValues,
    validate: {
      name: (value) => (value.trim() === '' ? t('nameMissing') : null),
      scopes: (value, values) =>
        values.permission === 'custom' && value.length === 0 ? t('scopesMissing') : null,
      rate: (value) => (/^\s*\d*\s*$/.test(value) ? null : t('rateWrong')),
    },
  });
  const send = form.onSubmit((values) => {
    onSubmit(wishOf(values, apiKey));
  });
  const offered = [...new Set([...scopesOf(role), ...(apiKey?.scopes ?? [])])];
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {error && (
          <Refused
            error={error}
            retrying={pending}
            onRetry={() => {
              send();
            }}
          />
        )}
        <TextInput
          {...form.getInputProps('name')}
          label={t('name')}
          description={t('nameHelp')}
          maxLength={100}
          autoComplete="off"
          data-autofocus
        />
        <NativeSelect
          {...form.getInputProps('permission')}
          label={t('permission')}
          data={[
            { value: 'sending_access', label: t('permissions.sending_access') },
            { value: 'full_access', label: t('permissions.full_access') },
            { value: 'custom', label: t('permissions.custom') },
          ]}
        />
        {form.values.permission === 'custom' && (
          <Checkbox.Group {...form.getInputProps('scopes')} label={t('scopes')}>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={6} mt={6}>
              {offered.map((scope) => (
                <Checkbox key={scope} value={scope} label={scope} size="xs" />
              ))}
            </SimpleGrid>
          </Checkbox.Group>
        )}
        <Textarea
          {...form.getInputProps('domains')}
          label={t('domains')}
          description={t('domainsHelp')}
          rows={2}
          autoCapitalize="none"
          spellCheck={false}
        />
        <Textarea
          {...form.getInputProps('allowedIps')}
          label={t('allowedIps')}
          description={t('allowedIpsHelp')}
          rows={2}
          autoCapitalize="none"
          spellCheck={false}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            {...form.getInputProps('rate')}
            label={t('rate')}
            description={t('rateHelp')}
            inputMode="numeric"
            autoComplete="off"
          />
          <TextInput
            {...form.getInputProps('expires')}
            label={t('expires')}
            description={t('expiresHelp')}
            type="datetime-local"
          />
        </SimpleGrid>
        {!apiKey && (
          <Switch
            {...form.getInputProps('test', { type: 'checkbox' })}
            label={t('test')}
            description={t('testHelp')}
          />
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={pending}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
