import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Problem } from '../api/template';
import type { CodeEditorProps } from './code-editor';
import classes from './code-editor.module.css';
import { setHints } from './monaco-hints';
import { monaco } from './monaco-setup';

type Editor = ReturnType<typeof monaco.editor.create>;

/** Monaco around one text. Loaded on demand (code-editor.tsx). */
export function Monaco({ label, value, onChange, readOnly, problems, jump, hints }: CodeEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor>(null);
  const change = useRef(onChange);
  const first = useRef({ label, value });
  const scheme = useComputedColorScheme('light');

  useEffect(() => {
    change.current = onChange;
  }, [onChange]);

  useEffect(() => {
    if (!place.current) return;
    const model = monaco.editor.createModel(first.current.value, 'handlebars');
    const made = monaco.editor.create(place.current, {
      model,
      ariaLabel: first.current.label,
      automaticLayout: true,
      fixedOverflowWidgets: true,
      fontSize: 13,
      lineNumbersMinChars: 3,
      renderFinalNewline: 'on', // dimmed it would be too pale to read
      minimap: { enabled: false },
      overviewRulerBorder: false,
      padding: { top: 8, bottom: 8 },
      renderLineHighlight: 'line',
      scrollBeyondLastLine: false,
      scrollbar: { alwaysConsumeMouseWheel: false },
      tabSize: 2,
      wordWrap: 'on',
    });
    model.onDidChangeContent(() => {
      change.current(model.getValue());
    });
    editor.current = made;
    return () => {
      made.dispose();
      model.dispose();
    };
  }, []);

  useEffect(() => {
    monaco.editor.setTheme(scheme === 'dark' ? 'mail-dark' : 'mail-light');
  }, [scheme]);

  useEffect(() => {
    editor.current?.updateOptions({ readOnly });
  }, [readOnly]);

  // What came from elsewhere (a draft that was taken back) can be undone like what was typed.
  useEffect(() => {
    const model = editor.current?.getModel();
    if (!model || model.getValue() === value) return;
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text: value }], () => null);
  }, [value]);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (model) setHints(model, hints);
  }, [hints]);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (model)
      monaco.editor.setModelMarkers(
        model,
        'mail',
        problems.map((one) => marker(one, model)),
      );
  }, [problems]);

  useEffect(() => {
    if (!jump || !editor.current) return;
    editor.current.setPosition({ lineNumber: jump.line, column: jump.column });
    editor.current.revealLineInCenter(jump.line);
    editor.current.focus();
  }, [jump]);

  return <div ref={place} className={classes.editor} />;
}

const severities = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  note: monaco.MarkerSeverity.Info,
};

/** To the end of the word, or of the line where the place is no word. */
function marker(problem: Problem, model: ReturnType<typeof monaco.editor.createModel>) {
  const line = Math.min(Math.max(problem.line ?? 1, 1), model.getLineCount());
  const last = model.getLineMaxColumn(line);
  const column = Math.min(Math.max(problem.column ?? 1, 1), Math.max(1, last - 1));
  const word = model.getWordAtPosition({ lineNumber: line, column });
  return {
    severity: severities[problem.severity],
    message: problem.message,
    source: problem.rule,
    startLineNumber: line,
    startColumn: word?.startColumn ?? column,
    endLineNumber: line,
    endColumn: word?.endColumn ?? last,
  };
}
