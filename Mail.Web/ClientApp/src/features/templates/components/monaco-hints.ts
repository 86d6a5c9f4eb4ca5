import type { Hints } from './code-editor';

const known = new WeakMap<object, Hints>();

/** One provider serves all editors; what it may propose is that of the text it is asked for. */
export const setHints = (model: object, hints: Hints) => known.set(model, hints);

export const hintsOf = (model: object): Hints => known.get(model) ?? { variables: [], texts: [] };

interface Proposal {
  label: string;
  insert: string;
}

const tags = [
  'mj-section',
  'mj-column',
  'mj-group',
  'mj-text',
  'mj-button',
  'mj-image',
  'mj-divider',
  'mj-spacer',
  'mj-table',
  'mj-wrapper',
  'mj-hero',
  'mj-social',
  'mj-raw',
  'mj-attributes',
  'mj-style',
];

const helpers: Proposal[] = [
  { label: '#if', insert: '#if ${1:x}}}$0{{/if' },
  { label: '#unless', insert: '#unless ${1:x}}}$0{{/unless' },
  { label: '#each', insert: '#each ${1:items}}}$0{{/each' },
  { label: 'date', insert: 'date ${1:x}' },
  { label: 'datetime', insert: 'datetime ${1:x}' },
  { label: 'money', insert: 'money ${1:x} "${2:EUR}"' },
  { label: 'number', insert: 'number ${1:x}' },
  { label: 'plural', insert: 'plural ${1:n} "${2:one}" "${3:many}"' },
];

/** @param before the line as far as the cursor @returns what may follow, and what of it is typed already */
export function proposals(before: string, hints: Hints): { typed: string; items: Proposal[] } | undefined {
  const expression = /\{\{\{?([^{}]*)$/.exec(before)?.[1];
  if (expression !== undefined) {
    const typed = /[#\w]*$/.exec(expression)?.[0] ?? '';
    const isFirst = expression.trimStart() === typed;
    const names = [...hints.variables, ...(isFirst ? [] : ['@index'])].map((name) => ({
      label: name,
      insert: name,
    }));
    if (!isFirst) return { typed, items: names };
    return {
      typed,
      items: [
        ...names,
        ...hints.texts.map((key) => ({ label: `t "${key}"`, insert: `t "${key}"` })),
        ...helpers,
      ],
    };
  }
  const tag = /<([a-z-]*)$/.exec(before)?.[1];
  if (tag === undefined) return undefined;
  return { typed: tag, items: tags.map((name) => ({ label: name, insert: `${name}>$0</${name}>` })) };
}
