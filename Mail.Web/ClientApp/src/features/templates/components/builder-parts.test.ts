import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join as path } from 'node:path';
import grapesjs, { type Component, type Editor } from 'grapesjs';
import { afterEach, describe, expect, it } from 'vitest';
import { newParts, partOf, write } from '../model/mjml-parts';
import { type MjmlDocument, split } from '../model/mjml-source';
import {
  attributesOf,
  changeAttribute,
  contentOf,
  definitionOf,
  keptOf,
  labelOf,
  move,
  partFrom,
  putIn,
} from './builder-parts';
import { types } from './builder-types';

const folder = path(process.cwd(), '../../templates');
const builtIn = readdirSync(folder)
  .map((key) => [key, path(folder, key, 'template.mjml')] as const)
  .filter(([, file]) => existsSync(file))
  .map(([key, file]) => [key, readFileSync(file, 'utf8')] as const);

let editor: Editor | undefined;

afterEach(() => {
  editor?.destroy();
});

/** The real builder, without a canvas. */
function open(source: string) {
  const found = split(source);
  if ('refusal' in found) throw new Error(found.refusal.reason);
  const made = grapesjs.init({
    headless: true,
    storageManager: false,
    telemetry: false,
    avoidInlineStyle: false,
    plugins: [
      (one) => {
        types(one, () => undefined);
      },
    ],
    components: contentOf(partOf(found.document.body)),
  });
  editor = made;
  return { made, document: found.document };
}

function written(made: Editor, document: MjmlDocument) {
  const root = made.getWrapper()?.components().at(0);
  const body = root && partFrom(root);
  return body && write(document, body);
}

const every = (one: Component): Component[] => [one, ...one.components().models.flatMap(every)];
const called = (made: Editor, name: string) => {
  const found = every(made.getWrapper() as Component).find((one) => {
    const node = keptOf(one)?.node;
    return node !== undefined && labelOf(node) === name;
  });
  if (!found) throw new Error(`No ${name}.`);
  return found;
};

const source = `<mjml>
  <mj-body>
    {{#each items}}
    <mj-section>
      <mj-column>
        <mj-text>Hello {{name}}</mj-text>
        <mj-divider />
      </mj-column>
    </mj-section>
    {{/each}}
    <mj-include path="../_x/y.mjml" />
  </mj-body>
</mjml>
`;

describe('the builder', () => {
  it.each(builtIn)('gives back what it was given: %s', (_, mjml) => {
    const { made, document } = open(mjml);

    expect(written(made, document)).toBe(mjml);
  });

  it('changes an attribute, and takes it back', () => {
    const { made, document } = open(source);
    changeAttribute(called(made, 'mj-text'), 'color', '#ff0000');
    expect(written(made, document)).toBe(source.replace('<mj-text>', '<mj-text color="#ff0000">'));

    changeAttribute(called(made, 'mj-text'), 'color', '');
    expect(attributesOf(called(made, 'mj-text'))).toEqual({});
    expect(written(made, document)).toBe(source);
  });

  it('undoes', () => {
    const { made, document } = open(source);
    made.UndoManager.start();
    made.UndoManager.clear();
    called(made, '{{#each items}}').remove();
    expect(written(made, document)).not.toContain('{{#each');

    made.UndoManager.undo();
    expect(written(made, document)).toBe(source);
  });

  it('moves what only code shows among its neighbours', () => {
    const { made, document } = open(source);
    move(called(made, '<mj-include path="../_x/y.mjml" />'), -1);

    expect(written(made, document)).toBe(
      source
        .replace('\n    <mj-include path="../_x/y.mjml" />', '')
        .replace('<mj-body>', '<mj-body>\n    <mj-include path="../_x/y.mjml" />'),
    );
  });

  it('puts a part in behind what is chosen, or where it may stand', () => {
    const { made, document } = open(source);
    const [text] = newParts('text');
    const [section] = newParts('oneColumn');
    if (!text || !section) throw new Error('No parts.');
    made.select(called(made, 'mj-text'));
    putIn(made, definitionOf(text, 'mj-column'));
    expect(written(made, document)).toBe(
      source.replace('</mj-text>\n', '</mj-text>\n        <mj-text>Text</mj-text>\n'),
    );

    made.select();
    putIn(made, definitionOf(section, 'mj-body'));
    expect(written(made, document)).toContain(
      'y.mjml" />\n    <mj-section>\n      <mj-column>\n        <mj-text>Text',
    );
  });
});
