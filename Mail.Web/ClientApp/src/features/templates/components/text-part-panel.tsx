import { Stack, Switch } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeEditor, type Place } from './code-editor';
import { useHints } from './design-panel';
import type { PanelProps } from './panel';

interface Props extends PanelProps {
  jump?: { file: string; place: Place };
}

const file = 'text.hbs';

/** For readers without HTML: written by hand, or made from the HTML when it is published. */
export function TextPartPanel({ draft, change, readOnly, problems, jump }: Props) {
  const { t } = useTranslation('templates');
  const hints = useHints(draft);
  const here = useMemo(() => problems.filter((one) => one.file === file), [problems]);
  return (
    <Stack gap="sm">
      <Switch
        label={t('textPart.own')}
        description={t('textPart.help')}
        checked={draft.text !== null}
        disabled={readOnly}
        onChange={(event) => {
          change({ text: event.currentTarget.checked ? '' : null });
        }}
      />
      {draft.text !== null && (
        <CodeEditor
          label={t('tabs.text')}
          value={draft.text}
          readOnly={readOnly}
          problems={here}
          jump={jump?.file === file ? jump.place : undefined}
          hints={hints}
          onChange={(text) => {
            change({ text });
          }}
        />
      )}
    </Stack>
  );
}
