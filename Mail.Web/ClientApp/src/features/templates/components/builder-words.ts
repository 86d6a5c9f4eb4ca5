import type { Editor } from 'grapesjs';

interface Commands {
  execCommand: (command: string, ui: boolean, value?: string) => boolean;
}

// Called deprecated for years, and still the only way to change editable text so that the browser's Ctrl Z takes it back.
const run = (element: HTMLElement, command: string, value?: string) =>
  (element.ownerDocument as Commands).execCommand(command, false, value);

/** Words are edited where they stand, by what the browser has: Ctrl B and I, Ctrl Z, and Enter for a new line. Esc leaves them. */
export function words(editor: Editor) {
  let leave = () => undefined as unknown;
  editor.setCustomRte({
    enable(element: HTMLElement) {
      element.contentEditable = 'true';
      const listeners = new AbortController();
      const { signal } = listeners;
      element.addEventListener(
        'keydown',
        (event) => {
          if (event.key === 'Escape') editor.getEditing()?.trigger('disable');
          if (event.key !== 'Enter') return;
          event.preventDefault(); // a browser would make a `div` of each line
          run(element, 'insertLineBreak');
        },
        { signal },
      );
      element.addEventListener(
        'paste',
        (event) => {
          event.preventDefault(); // without the fonts and styles of where it comes from
          const text = event.clipboardData?.getData('text/plain') ?? '';
          run(element, 'insertText', text);
        },
        { signal },
      );
      element.addEventListener(
        'drop',
        (event) => {
          event.preventDefault();
        },
        { signal },
      );
      leave = () => {
        listeners.abort();
      };
      element.focus();
      return {};
    },
    disable(element: HTMLElement) {
      leave();
      element.contentEditable = 'false';
      element.removeAttribute('contenteditable');
    },
  });
  // The browser's own way to save a page is not what is meant, wherever the keys are pressed.
  editor.on('canvas:frame:load', ({ el }: { el: HTMLIFrameElement }) => {
    el.contentDocument?.addEventListener('keydown', (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') event.preventDefault();
    });
  });
}
