import {
  Alert,
  Anchor,
  NativeSelect,
  PasswordInput,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Marked } from '@/shared/components/marked';
import type { Field, Preset } from '../api/list-relay-kinds';
import type { Relay } from '../api/relay';
import type { RelayValues } from './form-values';
import { useWords } from './use-language';

export interface Form {
  values: RelayValues;
  change: (change: Partial<RelayValues>) => void;
  errorOf: (field: string) => string | undefined;
}

interface Props {
  form: Form;
  fields: Field[];
  preset: Preset | undefined;
  relay?: Relay;
}

export function SettingsFields({ form, fields, preset, relay }: Props) {
  const { t } = useTranslation('relays');
  const words = useWords();
  const { values, change, errorOf } = form;
  return (
    <Stack gap="md">
      {preset && (
        <Alert variant="light" color="blue" icon={<IconInfoCircle aria-hidden />}>
          <Text size="sm">{words(preset.senders)}</Text>
          {preset.note && <Text size="sm">{words(preset.note)}</Text>}
          <Anchor
            size="sm"
            c="inherit"
            underline="always"
            href={preset.help_url}
            target="_blank"
            rel="noreferrer"
          >
            {t('providerHelp', { name: preset.title })}
          </Anchor>
        </Alert>
      )}
      <TextInput
        label={t('name')}
        description={t('nameHelp')}
        required
        maxLength={100}
        value={values.name}
        error={errorOf('name')}
        onChange={(event) => {
          change({ name: event.currentTarget.value });
        }}
      />
      <Switch
        label={t('enabled')}
        checked={values.enabled}
        onChange={(event) => {
          change({ enabled: event.currentTarget.checked });
        }}
      />
      {preset && preset.regions.length > 1 && !relay && (
        <NativeSelect
          label={t('presetRegion')}
          data={preset.regions.map(({ name, host }) => ({ value: name, label: `${name} (${host})` }))}
          value={values.presetRegion}
          error={errorOf('preset_region')}
          onChange={(event) => {
            change({ presetRegion: event.currentTarget.value });
          }}
        />
      )}
      {fields.map((field) => (
        <SettingField key={field.name} field={field} form={form} preset={preset} relay={relay} />
      ))}
    </Stack>
  );
}

function SettingField({ field, form, preset, relay }: Omit<Props, 'fields'> & { field: Field }) {
  const { t } = useTranslation('relays');
  const words = useWords();
  const known = relay?.settings?.[field.name];
  const isStored = typeof known === 'object' && known.set;
  const help =
    field.name === 'username' ? preset?.username : field.name === 'password' ? preset?.password : undefined;
  const explained = help ?? field.help;
  const common = {
    label: words(field.title),
    description: explained && <Marked text={words(explained)} />,
    placeholder: isStored ? t('secretStays') : field.example,
    required: (field.required || (preset !== undefined && !relay)) && !isStored,
    error: form.errorOf(`settings.${field.name}`),
    value: form.values.settings[field.name] ?? '',
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      form.change({ settings: { ...form.values.settings, [field.name]: value } });
    },
  };
  if (field.choices.length > 0) {
    return <NativeSelect {...common} data={[{ value: '', label: t('automatic') }, ...field.choices]} />;
  }
  if (field.multiline) return <Textarea {...common} autosize minRows={3} maxRows={10} spellCheck={false} />;
  if (field.secret) {
    return (
      <PasswordInput
        {...common}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('showSecret') }}
      />
    );
  }
  return (
    <TextInput
      {...common}
      inputMode={field.number ? 'numeric' : undefined}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
