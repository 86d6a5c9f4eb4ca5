import * as monaco from 'monaco-editor/editor/editor.api';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/gotoLine/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/quickCommand/register';
import 'monaco-editor/features/snippet/register';
import 'monaco-editor/features/suggest/register';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/wordOperations/register';
import 'monaco-editor/languages/definitions/handlebars/register';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import { hintsOf, proposals } from './monaco-hints';

// The worker is a file of ours, as the content security policy wants it: no blob:, no other server.
self.MonacoEnvironment = { getWorker: () => new EditorWorker() };

// Colours of our own: each keeps a contrast of 4.5:1 on its ground.
const colours = (
  tag: string,
  name: string,
  value: string,
  mark: string,
  expression: string,
  comment: string,
) => [
  { token: 'tag', foreground: tag },
  { token: 'attribute.name', foreground: name },
  { token: 'attribute.value', foreground: value },
  { token: 'string', foreground: value },
  { token: 'delimiter', foreground: mark },
  { token: 'delimiter.html', foreground: mark },
  { token: 'delimiter.handlebars', foreground: expression },
  { token: 'variable', foreground: expression },
  { token: 'keyword', foreground: expression, fontStyle: 'bold' },
  { token: 'comment', foreground: comment },
  { token: 'metatag', foreground: comment },
];

monaco.editor.defineTheme('mail-light', {
  base: 'vs',
  inherit: true,
  rules: colours('1f4fb0', '8a3b00', '0f6a3d', '4b5563', '7c2d92', '5b6470'),
  colors: { 'editor.background': '#ffffff', 'editorLineNumber.foreground': '#6b727b' },
});

monaco.editor.defineTheme('mail-dark', {
  base: 'vs-dark',
  inherit: true,
  rules: colours('8ab4ff', 'f0b37e', '9fd8a8', 'a8b0bb', 'd6a6f5', '9aa1ab'),
  colors: { 'editor.background': '#17191d', 'editorLineNumber.foreground': '#8b929c' },
});

monaco.languages.registerCompletionItemProvider('handlebars', {
  triggerCharacters: ['{', '<', ' ', '#', '-'],
  provideCompletionItems(model, position) {
    const before = model.getValueInRange({
      startLineNumber: position.lineNumber,
      startColumn: 1,
      endLineNumber: position.lineNumber,
      endColumn: position.column,
    });
    const found = proposals(before, hintsOf(model));
    const range = {
      startLineNumber: position.lineNumber,
      endLineNumber: position.lineNumber,
      startColumn: position.column - (found?.typed.length ?? 0),
      endColumn: position.column,
    };
    return {
      suggestions: (found?.items ?? []).map(({ label, insert }) => ({
        label,
        kind: monaco.languages.CompletionItemKind.Value,
        insertText: insert,
        insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet,
        range,
      })),
    };
  },
});

export { monaco };
