import { useTranslation } from 'react-i18next';
import type { MjmlNode } from '../model/mjml-source';

const names = [
  'mj-body',
  'mj-wrapper',
  'mj-section',
  'mj-group',
  'mj-column',
  'mj-hero',
  'mj-text',
  'mj-button',
  'mj-image',
  'mj-divider',
  'mj-spacer',
] as const;

/** What a part is called: tags by their name in the person's language, anything else by the beginning of its source. */
export function useNameOf() {
  const { t } = useTranslation('templates');
  return (node: MjmlNode) => {
    if (node.kind !== 'element') return node.label.replace(/\s+/g, ' ').slice(0, 80);
    const known = names.find((name) => name === node.name);
    return known ? t(`visual.names.${known}`) : node.name;
  };
}

const attributes = [
  'background-color',
  'width',
  'height',
  'padding',
  'inner-padding',
  'border-radius',
  'border-color',
  'border-width',
  'border-style',
  'text-align',
  'align',
  'color',
  'font-size',
  'font-weight',
  'line-height',
  'href',
  'src',
  'alt',
] as const;

/** What an attribute is called; one that has no name of ours, by its own. */
export function useAttributeName() {
  const { t } = useTranslation('templates');
  return (name: string) => {
    const known = attributes.find((one) => one === name);
    return known ? t(`visual.fields.${known}`) : name;
  };
}
