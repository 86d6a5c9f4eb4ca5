import grapesjs, { type Editor } from 'grapesjs';
import 'grapesjs/dist/css/grapes.min.css';
import type { Looks } from '../model/mjml-looks';
import { partOf } from '../model/mjml-parts';
import type { MjmlDocument } from '../model/mjml-source';
import { canvasCss, type CanvasWords, paint } from './builder-canvas';
import { contentOf } from './builder-parts';
import { types } from './builder-types';
import { words as richText } from './builder-words';

interface Setup {
  container: HTMLElement;
  document: MjmlDocument;
  looks: Looks;
  words: CanvasWords & { canvas: string };
  /** What an expression is shown as. */
  shown: (expression: string) => string;
}

/** The builder without a panel of its own: ours speak the console's languages and have names. */
export function openBuilder({ container, document, looks, words, shown }: Setup): Editor {
  return grapesjs.init({
    container,
    height: '100%',
    width: 'auto',
    telemetry: false,
    storageManager: false,
    cssIcons: '',
    noticeOnUnload: false,
    showToolbar: false,
    avoidInlineStyle: false,
    multipleSelection: false,
    panels: { defaults: [] },
    blockManager: { custom: true },
    layerManager: { custom: true },
    styleManager: { custom: true },
    traitManager: { custom: true },
    selectorManager: { custom: true },
    assetManager: { custom: { open: () => undefined, close: () => undefined } },
    deviceManager: {
      devices: [
        { id: 'desktop', name: 'desktop', width: '' },
        { id: 'phone', name: 'phone', width: '375px' },
      ],
    },
    domComponents: { useFrameDoc: true }, // or pictures would be fetched under the console's own policy
    canvasCss: canvasCss(looks),
    keymaps: { defaults: keys },
    canvas: { frameContent: '', allowExternalDrop: false },
    plugins: [
      (editor) => {
        frameOf(editor, words.canvas);
        types(editor, (component) => {
          paint(component, looks, words, shown);
        });
        richText(editor);
      },
    ],
    components: contentOf(partOf(document.body, shown)),
  });
}

// Without the builder's single letters, which would be pressed by mistake; what removes a part counts in the canvas alone.
const keys = {
  'core:undo': { keys: '⌘+z, ctrl+z', handler: 'core:undo', opts: { prevent: true } },
  'core:redo': { keys: '⌘+shift+z, ctrl+shift+z', handler: 'core:redo', opts: { prevent: true } },
  'core:component-delete': {
    keys: 'backspace, delete',
    handler: (editor: Editor) => {
      if (editor.Canvas.hasFocus()) editor.runCommand('core:component-delete');
    },
  },
};

// A page of our host with a policy of its own: pictures, and nothing that runs. A frame made here would have the console's, under which a mail shows no pictures.
function frameOf(editor: Editor, title: string) {
  editor.on('frame:render', ({ el }: { el: HTMLIFrameElement }) => {
    el.title = title;
    el.src = '/draft-canvas';
  });
  editor.on('load', () => {
    editor.getWrapper()?.set({ selectable: false, hoverable: false, highlightable: false, droppable: false });
  });
}
