import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '@/shared/components/section';
import { JsonField } from './json-field';
import type { PanelProps } from './panel';
import { SampleField } from './sample-field';

/** The data that previews and test mails are made with: a field for each declared variable, or as it is stored. */
export function SamplePanel({ draft, change, readOnly, error }: PanelProps) {
  const { t } = useTranslation('templates');
  const [asJson, setAsJson] = useState(false);
  const variables = Object.entries(draft.variables);
  return (
    <Section
      title={t('sample.title')}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t('sample.as')}
          data={[
            { value: 'form', label: t('sample.form') },
            { value: 'json', label: 'JSON' },
          ]}
          value={asJson ? 'json' : 'form'}
          onChange={(chosen) => {
            setAsJson(chosen === 'json');
          }}
        />
      }
    >
      {asJson ? (
        <JsonField
          label={t('sample.title')}
          value={draft.sample}
          readOnly={readOnly}
          refused={error?.message.startsWith('`sample') ? error.message : undefined}
          accept={(value) => (isObject(value) ? undefined : t('sample.mustBeObject'))}
          onChange={(sample) => {
            change({ sample: isObject(sample) ? sample : {} });
          }}
        />
      ) : (
        <Stack gap="sm">
          {variables.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('sample.none')}
            </Text>
          )}
          {variables.map(([name, variable]) => (
            <SampleField
              key={name}
              label={name}
              variable={variable}
              value={draft.sample[name]}
              readOnly={readOnly}
              onChange={(value) => {
                change({ sample: withSample(draft.sample, name, value) });
              }}
            />
          ))}
        </Stack>
      )}
    </Section>
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is empty is not said: the preview then fills it in. */
export function withSample(sample: Record<string, unknown>, name: string, value: unknown) {
  if (value !== undefined && value !== '') return { ...sample, [name]: value };
  return Object.fromEntries(Object.entries(sample).filter(([one]) => one !== name));
}
