import { NumberInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Variable } from '../api/template';
import { JsonField } from './json-field';

interface Props {
  label: string;
  variable: Variable;
  value: unknown;
  readOnly: boolean;
  onChange: (value: unknown) => void;
  size?: 'xs' | 'sm';
}

const examples: Record<string, string> = {
  url: 'https://shop.example/7',
  date: '2026-11-21T10:00:00Z',
  time_zone: 'Europe/Paris',
};

/** A value of a declared type; empty is none. */
export function SampleField({ label, variable, value, readOnly, onChange, size = 'sm' }: Props) {
  const { t } = useTranslation('templates');
  const said = { label, description: variable.description ?? undefined, readOnly, size };
  if (variable.type === 'list') {
    return <JsonField label={label} value={value} readOnly={readOnly} onChange={onChange} />;
  }
  if (variable.type === 'boolean') {
    return (
      <Select
        {...said}
        clearable
        data={[
          { value: 'true', label: t('variables.true') },
          { value: 'false', label: t('variables.false') },
        ]}
        value={typeof value === 'boolean' ? String(value) : null}
        onChange={(chosen) => {
          onChange(chosen === null ? undefined : chosen === 'true');
        }}
      />
    );
  }
  if (variable.type === 'number') {
    return (
      <NumberInput
        {...said}
        value={typeof value === 'number' ? value : ''}
        onChange={(number) => {
          onChange(number === '' ? undefined : Number(number));
        }}
      />
    );
  }
  return (
    <TextInput
      {...said}
      placeholder={examples[variable.type]}
      value={typeof value === 'string' || typeof value === 'number' ? String(value) : ''}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}
