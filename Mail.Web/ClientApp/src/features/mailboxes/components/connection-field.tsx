import { PasswordInput, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Marked } from '@/shared/components/marked';
import type { Field } from '../api/connections';
import { fieldsFr } from '../locales/fields.fr';

interface Props {
  kind: string;
  field: Field;
  value: string;
  /** Whether there is a secret already, which stays when nothing is typed. */
  stored: boolean;
  error: string | undefined;
  onChange: (value: string) => void;
}

// Whole files: their line breaks would be lost in a field of one line.
const files = ['service_account', 'certificate'];

export function ConnectionField({ kind, field, value, stored, error, onChange }: Props) {
  const { t, i18n } = useTranslation('mailboxes');
  const words = i18n.resolvedLanguage === 'fr' ? fieldsFr[`${kind}.${field.name}`] : undefined;
  const common = {
    label: words?.[0] ?? field.title,
    description: <Marked text={words?.[1] ?? field.help} />,
    placeholder: stored ? t('connections.secretStays') : field.example,
    required: field.required && !stored,
    value,
    error,
    onChange: (event: { currentTarget: { value: string } }) => {
      onChange(event.currentTarget.value);
    },
  };
  if (files.includes(field.name)) {
    return <Textarea {...common} autosize minRows={3} maxRows={8} spellCheck={false} autoComplete="off" />;
  }
  if (field.secret) {
    return (
      <PasswordInput
        {...common}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('connections.showSecret') }}
      />
    );
  }
  return <TextInput {...common} autoComplete="off" spellCheck={false} />;
}
