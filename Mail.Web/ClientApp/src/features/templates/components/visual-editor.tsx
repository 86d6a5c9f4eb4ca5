import { Alert, Button, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getLayout } from '../api/layouts';
import type { TemplateDraft } from '../model/draft';
import { type Refusal, split } from '../model/mjml-source';
import type { BuilderProps } from './builder';
import classes from './builder.module.css';

interface Props {
  draft: TemplateDraft;
  value: string;
  onChange: (value: string) => void;
  /** Back to the source, at a line where there is one to look at. */
  onCode: (line?: number) => void;
}

// Large, and most people who write a template do without it.
const Builder = lazy(() =>
  import('./builder').then(
    ({ Builder: loaded }) => ({ default: loaded }),
    () => ({ default: NotLoaded }),
  ),
);

/** The design as it looks. What it cannot show stays as it is; a source that it cannot take apart safely is not touched. */
export function VisualEditor({ draft, value, onChange, onCode }: Props) {
  const { t } = useTranslation('templates');
  const [written, setWritten] = useState(value);
  const [base, setBase] = useState(() => ({ turn: 0, value, found: split(value) }));
  // What came from elsewhere, such as a draft that was taken back, is read anew; what was written here is not.
  if (value !== written) {
    setWritten(value);
    setBase({ turn: base.turn + 1, value, found: split(value) });
  }
  const layout = useQuery({ ...getLayout(draft.layout ?? ''), enabled: draft.layout !== null });
  if ('refusal' in base.found) return <Refused refusal={base.found.refusal} onCode={onCode} />;
  const loading = <Skeleton className={classes.loading} role="status" aria-label={t('visual.loading')} />;
  if (draft.layout !== null && layout.isPending) return loading;
  return (
    <Suspense fallback={loading}>
      <Builder
        key={base.turn}
        source={base.value}
        document={base.found.document}
        partials={layout.data?.partials ?? {}}
        texts={{ ...layout.data?.strings[draft.default_locale], ...draft.strings[draft.default_locale] }}
        onCode={onCode}
        onChange={(next) => {
          setWritten(next);
          onChange(next);
        }}
      />
    </Suspense>
  );
}

function Refused({ refusal, onCode }: { refusal: Refusal; onCode: (line?: number) => void }) {
  const { t } = useTranslation('templates');
  const line = 'line' in refusal ? refusal.line : undefined;
  return (
    <Alert
      color="yellow"
      title={t('visual.refused')}
      styles={{ message: { color: 'var(--mantine-color-text)' } }}
    >
      <Stack gap="sm" align="flex-start">
        {t(`visual.refusals.${refusal.reason}`, { what: '', line: 0, ...refusal })}
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            onCode(line);
          }}
        >
          {t(line === undefined ? 'visual.toCode' : 'visual.toPlace')}
        </Button>
      </Stack>
    </Alert>
  );
}

function NotLoaded({ onCode }: BuilderProps) {
  const { t } = useTranslation('templates');
  return (
    <Alert color="red" title={t('visual.notLoaded')}>
      <Button
        size="xs"
        variant="default"
        onClick={() => {
          onCode();
        }}
      >
        {t('visual.toCode')}
      </Button>
    </Alert>
  );
}
