import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { designFile } from '../model/draft';
import { textKeys } from '../model/texts';
import { CodeEditor, type Place } from './code-editor';
import type { PanelProps } from './panel';
import type { Mode } from './use-editor-view';
import type { VisualMode } from './use-visual-mode';
import { VisualEditor } from './visual-editor';

interface Props extends PanelProps {
  jump?: { file: string; place: Place };
  visual: VisualMode;
  onMode: (mode: Mode) => void;
  /** Shows the source, at a line where one is said. */
  onCode: (line?: number) => void;
}

/** The design: MJML, as its source or as it looks, or finished HTML. */
export function DesignPanel({ draft, change, readOnly, problems, jump, visual, onMode, onCode }: Props) {
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
      {visual.isOffered && (
        <SegmentedControl
          aria-label={t('visual.mode')}
          w="fit-content"
          size="xs"
          data={(['code', 'visual'] as const).map((value) => ({ value, label: t(`visual.modes.${value}`) }))}
          value={visual.isShown ? 'visual' : 'code'}
          onChange={(mode) => {
            onMode(mode === 'visual' ? 'visual' : 'code');
          }}
        />
      )}
      {visual.isTooNarrow && (
        <Text size="xs" c="dimmed">
          {t('visual.narrow')}
        </Text>
      )}
      {visual.isShown ? (
        <VisualEditor
          draft={draft}
          value={draft.mjml ?? ''}
          onCode={onCode}
          onChange={(mjml) => {
            change({ mjml });
          }}
        />
      ) : (
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
      )}
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
