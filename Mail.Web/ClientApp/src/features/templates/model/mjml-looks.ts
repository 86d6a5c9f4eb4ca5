import { markupAt, type Tag, tagAt } from './mjml-scan';
import { type Attributes, attributesOf } from './mjml-tag';
import { partialOf } from './places';

/** What the head says of all tags, and the attributes that a tag has without saying them. */
export interface Looks {
  all: Attributes;
  tags: Record<string, Attributes>;
  classes: Record<string, Attributes>;
  /** Of `mj-style`. */
  css: string;
}

const defaults: Record<string, Attributes> = {
  'mj-body': { width: '600px' },
  'mj-wrapper': { padding: '20px 0' },
  'mj-section': { padding: '20px 0', 'text-align': 'center' },
  'mj-text': {
    padding: '10px 25px',
    'font-family': 'Ubuntu, Helvetica, Arial, sans-serif',
    'font-size': '13px',
    'line-height': '1',
    color: '#000000',
    align: 'left',
  },
  'mj-button': {
    padding: '10px 25px',
    'inner-padding': '10px 25px',
    'font-family': 'Ubuntu, Helvetica, Arial, sans-serif',
    'font-size': '13px',
    'line-height': '120%',
    'font-weight': 'normal',
    'border-radius': '3px',
    'background-color': '#414141',
    color: '#ffffff',
    align: 'center',
  },
  'mj-image': { padding: '10px 25px', align: 'center' },
  'mj-divider': {
    padding: '10px 25px',
    'border-width': '4px',
    'border-style': 'solid',
    'border-color': '#000000',
    width: '100%',
  },
  'mj-spacer': { height: '20px' },
};

/** @param partials of the layout, by file name: `mj-include` in the head puts them in */
export function looksOf(source: string, partials: Record<string, string>): Looks {
  const looks: Looks = { all: {}, tags: {}, classes: {}, css: '' };
  read(source, partials, looks, 0);
  return looks;
}

const maxDepth = 8; // as the compiler's

function read(source: string, partials: Record<string, string>, looks: Looks, depth: number) {
  let isIn = false;
  for (const { tag, end } of tagsOf(source)) {
    if (tag.name === 'mj-body') return;
    if (tag.name === 'mj-attributes') isIn = !tag.isClosing && !tag.isEmpty;
    else if (tag.isClosing) continue;
    else if (isIn) learn(looks, tag);
    else if (tag.name === 'mj-style')
      looks.css += source.slice(end, endOf(source, '</mj-style>', end)) + '\n';
    else if (tag.name === 'mj-include' && depth < maxDepth) {
      const named = partialOf(attributesOf(tag.source)?.path ?? '');
      const partial = named && partials[named.partial];
      if (partial !== undefined) read(partial, partials, looks, depth + 1);
    }
  }
}

function learn(looks: Looks, tag: Tag) {
  const { name = '', ...attributes } = attributesOf(tag.source) ?? {};
  if (tag.name === 'mj-all') Object.assign(looks.all, attributes);
  else if (tag.name === 'mj-class') looks.classes[name] = { ...looks.classes[name], ...attributes };
  else looks.tags[tag.name] = { ...looks.tags[tag.name], ...attributes };
}

function* tagsOf(source: string): Generator<{ tag: Tag; end: number }> {
  for (let at = source.indexOf('<'); at >= 0; at = source.indexOf('<', at)) {
    const tag = tagAt(source, at);
    at += (tag?.source ?? markupAt(source, at) ?? '<').length;
    if (tag) yield { tag, end: at };
  }
}

function endOf(source: string, words: string, from: number) {
  const end = source.indexOf(words, from);
  return end < 0 ? source.length : end;
}

/** The attributes that hold for a tag, in MJML's order: its own go before its classes', and those before what holds for all. */
export function resolved(name: string, own: Attributes, looks: Looks): Attributes {
  const classes = (own['mj-class'] ?? '').split(/\s+/).map((one) => looks.classes[one]);
  return Object.assign({}, defaults[name], looks.all, looks.tags[name], ...classes, own) as Attributes;
}

/** Style properties for the canvas. It shows where things stand and roughly how they look; how clients see them, the preview shows. */
export function stylesOf(
  name: string,
  own: Attributes,
  looks: Looks,
): { outer: Attributes; inner: Attributes } {
  const a = resolved(name, own, looks);
  const box = pick(a, ['padding', 'padding-top', 'padding-right', 'padding-bottom', 'padding-left']);
  const font = pick(a, [
    'font-family',
    'font-size',
    'font-style',
    'font-weight',
    'letter-spacing',
    'line-height',
    'text-decoration',
    'text-transform',
    'color',
  ]);
  const frame = pick(a, [
    'background-color',
    'border',
    'border-top',
    'border-right',
    'border-bottom',
    'border-left',
    'border-radius',
  ]);
  const aligned = { 'text-align': a.align };
  switch (name) {
    case 'mj-body':
      return clean({ 'background-color': a['background-color'] }, { width: a.width });
    case 'mj-text':
      return clean({ ...box, ...font, ...aligned, 'background-color': a['container-background-color'] }, {});
    case 'mj-button':
      return clean(
        { ...box, ...aligned, 'background-color': a['container-background-color'] },
        { ...font, ...frame, padding: a['inner-padding'], width: a.width },
      );
    case 'mj-image':
      return clean(
        { ...box, ...aligned },
        { width: a.width, height: a.height, 'border-radius': a['border-radius'] },
      );
    case 'mj-divider':
      return clean(
        { ...box, ...aligned },
        { width: a.width, 'border-top': `${a['border-width']} ${a['border-style']} ${a['border-color']}` },
      );
    case 'mj-spacer':
      return clean({ height: a.height }, {});
    case 'mj-column':
    case 'mj-group':
      return clean({ ...box, ...frame, flex: a.width === undefined ? '1 1 0' : `0 1 ${a.width}` }, {});
    default:
      return clean({ ...box, ...frame, 'text-align': a['text-align'] }, {});
  }
}

const pick = (from: Attributes, names: string[]) =>
  Object.fromEntries(names.map((name) => [name, from[name]]));

type Maybe = Record<string, string | undefined>;

/** Without what is not said, and what is known only when a mail is made. */
const clean = (outer: Maybe, inner: Maybe) => ({ outer: said(outer), inner: said(inner) });

const said = (styles: Maybe): Attributes =>
  Object.fromEntries(
    Object.entries(styles).filter(
      (one): one is [string, string] => one[1] !== undefined && one[1] !== '' && !one[1].includes('{{'),
    ),
  );
