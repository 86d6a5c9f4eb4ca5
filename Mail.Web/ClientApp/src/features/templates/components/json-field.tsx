import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './json-field.module.css';

interface Props {
  label: string;
  value: unknown;
  readOnly: boolean;
  onChange: (value: unknown) => void;
  /** Why a value that is JSON is not taken. */
  accept?: (value: unknown) => string | undefined;
  refused?: string;
}

/** JSON as it is typed: what cannot be read stays in the field with the reason, and changes nothing. */
export function JsonField({ label, value, readOnly, onChange, accept, refused }: Props) {
  const { t } = useTranslation('templates');
  const [text, setText] = useState(() => write(value));
  const [problem, setProblem] = useState<string>();
  const [own, setOwn] = useState(value);
  // A value that did not come from here (a draft that was taken back) is shown.
  if (value !== own) {
    setOwn(value);
    setText(write(value));
    setProblem(undefined);
  }
  const type = (typed: string) => {
    setText(typed);
    let read: unknown;
    try {
      read = typed.trim() === '' ? undefined : JSON.parse(typed);
    } catch (reason) {
      setProblem(t('sample.notJson', { reason: reason instanceof Error ? reason.message : '' }));
      return;
    }
    const refusal = accept?.(read);
    setProblem(refusal);
    if (refusal !== undefined) return;
    setOwn(read);
    onChange(read);
  };
  return (
    <Textarea
      label={label}
      classNames={{ input: classes.input }}
      autosize
      minRows={3}
      maxRows={18}
      spellCheck={false}
      value={text}
      readOnly={readOnly}
      error={problem ?? refused}
      onChange={(event) => {
        type(event.currentTarget.value);
      }}
    />
  );
}

const write = (value: unknown) => (value === undefined ? '' : JSON.stringify(value, null, 2));
