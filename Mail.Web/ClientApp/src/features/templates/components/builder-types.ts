import type { Component, Editor } from 'grapesjs';
import { mayStand } from './builder-parts';

/** What the builder knows of MJML: parts that hold others or nothing, and words. How they look is `draw`'s. */
export function types(editor: Editor, draw: (component: Component) => void) {
  const model = {
    defaults: {
      droppable: (source: Component, target: Component) => mayStand(source, target),
      traits: [],
      stylable: false,
      resizable: false,
    },
  };
  const view = {
    init({ model: component }: { model: Component }) {
      component.on('change:mjml', () => {
        draw(component);
      });
    },
    onRender({ model: component }: { model: Component }) {
      draw(component);
    },
  };
  editor.Components.addType('mail-box', { isComponent: () => false, model, view });
  editor.Components.addType('mail-words', {
    extend: 'text',
    isComponent: () => false,
    model: { defaults: { ...model.defaults, droppable: false } },
    view,
  });
}
