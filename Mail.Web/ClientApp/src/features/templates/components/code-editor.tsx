import { Skeleton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api/template';
import classes from './code-editor.module.css';
import { PlainEditor } from './plain-editor';

/** A place that somebody asked for; a new object each time, so that the same place can be asked for twice. */
export interface Place {
  line: number;
  column: number;
}

/** What may stand in the text, for proposals while typing. */
export interface Hints {
  variables: string[];
  texts: string[];
}

export interface CodeEditorProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  readOnly: boolean;
  /** Those of this file: they are marked where they are. */
  problems: Problem[];
  jump?: Place;
  hints: Hints;
}

// A large editor that most pages do not need. Where it cannot be loaded, what is typed must not wait for it.
const Monaco = lazy(() =>
  import('./monaco').then(
    ({ Monaco: loaded }) => ({ default: loaded }),
    () => ({ default: PlainEditor }),
  ),
);

/** Source text with colours, marked problems and proposals; on phones, which Monaco does not support, a plain field. */
export function CodeEditor(props: CodeEditorProps) {
  const { t } = useTranslation('templates');
  const small = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  if (small) return <PlainEditor {...props} />;
  return (
    <Suspense fallback={<Skeleton className={classes.editor} role="status" aria-label={t('code.loading')} />}>
      <Monaco {...props} />
      <p className={classes.help}>{t('code.help')}</p>
    </Suspense>
  );
}
