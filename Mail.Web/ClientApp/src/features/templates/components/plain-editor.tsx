import { Textarea } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { CodeEditorProps } from './code-editor';
import classes from './code-editor.module.css';

/** Source text in a field of the browser's own. */
export function PlainEditor({ label, value, onChange, readOnly, jump }: CodeEditorProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const text = useRef(value);
  useEffect(() => {
    text.current = value;
  }, [value]);

  useEffect(() => {
    const area = field.current;
    if (!jump || !area) return;
    const lines = text.current.split('\n');
    const start = lines.slice(0, jump.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
    area.focus();
    area.setSelectionRange(start + jump.column - 1, start + (lines[jump.line - 1]?.length ?? 0));
    area.scrollTop = (area.scrollHeight / Math.max(1, lines.length)) * Math.max(0, jump.line - 4);
  }, [jump]);

  return (
    <Textarea
      ref={field}
      aria-label={label}
      value={value}
      readOnly={readOnly}
      spellCheck={false}
      autoCapitalize="off"
      classNames={{ input: classes.plain }}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}
