import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { designFile } from '../model/draft';
import { textKeys } from '../model/texts';
import { CodeEditor, type Place } from './code-editor';
import type { PanelProps } from './panel';

interface Props extends PanelProps {
  jump?: { file: string; place: Place };
}

/** The design: MJML, or finished HTML. */
export function DesignPanel({ draft, change, readOnly, problems, jump }: Props) {
  const { t } = useTranslation('templates');
  const file = designFile(draft);
  const isHtml = draft.html !== null;
  const hints = useHints(draft);
  const here = useMemo(() => problems.filter((one) => one.file === file), [problems, file]);
  return (
    <Stack gap="sm">
      {!readOnly && (draft.mjml ?? draft.html ?? '') === '' && (
        <SegmentedControl
          aria-label={t('design.kind')}
          w="fit-content"
          size="xs"
          data={[
            { value: 'mjml', label: 'MJML' },
            { value: 'html', label: 'HTML' },
          ]}
          value={isHtml ? 'html' : 'mjml'}
          onChange={(kind) => {
            change(kind === 'html' ? { mjml: null, html: '' } : { mjml: '', html: null });
          }}
        />
      )}
      <CodeEditor
        key={file}
        label={t('design.label', { kind: isHtml ? 'HTML' : 'MJML' })}
        value={draft.html ?? draft.mjml ?? ''}
        readOnly={readOnly}
        problems={here}
        jump={jump?.file === file ? jump.place : undefined}
        hints={hints}
        onChange={(source) => {
          change(isHtml ? { html: source } : { mjml: source, html: null });
        }}
      />
      {draft.layout !== null && (
        <Text size="xs" c="dimmed">
          {t('design.layout', { layout: draft.layout })}
        </Text>
      )}
    </Stack>
  );
}

export function useHints({ variables, strings, default_locale }: PanelProps['draft']) {
  return useMemo(
    () => ({ variables: Object.keys(variables), texts: textKeys(strings, default_locale, false) }),
    [variables, strings, default_locale],
  );
}
