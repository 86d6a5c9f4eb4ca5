import type { Component } from 'grapesjs';
import { type Looks, resolved, stylesOf } from '../model/mjml-looks';
import { inScheme } from '../model/color-scheme';
import { toCanvas } from '../model/mjml-words';
import { attributesOf, isEditable, keptOf } from './builder-parts';

/** The canvas's own style sheet: a plain picture of the mail, white as mail is, and the marks of what cannot be edited here. */
export const canvasCss = (looks: Looks) => `
  html { color-scheme: light; }
  body { font-family: Arial, sans-serif; }
  [data-mail] { position: relative; }
  [data-mail='mj-body'] { min-height: 100vh; padding: 8px 0; }
  [data-mail='mj-body'] > * { max-width: var(--mail-width, 600px); margin-left: auto; margin-right: auto; }
  [data-mail='mj-section'], [data-mail='mj-group'] { display: flex; flex-wrap: wrap; min-height: 24px; }
  [data-mail='mj-column'] { min-width: 80px; min-height: 24px; }
  [data-mail='mj-text'], [data-mail='mj-button'] { overflow-wrap: anywhere; cursor: text; }
  [data-mail='mj-image'] img { max-width: 100%; vertical-align: bottom; }
  [data-mail='block'] { flex: 1 1 100%; margin-top: 2px; margin-bottom: 2px; padding: 2px; border: 1px dashed #6b4fbb; border-radius: 4px; }
  [data-mail='mj-section'] > [data-mail='block'] { display: flex; flex-wrap: wrap; }
  [data-mail='block']::before, [data-mail='piece']::before, .mail-closed::before {
    content: attr(data-label); display: block; flex: 1 1 100%; max-width: 100%; overflow: hidden; padding: 3px 8px; border-radius: 3px;
    background: #ece8f9; color: #3b2a78; font: 11px/16px ui-monospace, monospace; text-align: left; text-overflow: ellipsis; white-space: nowrap; }
  [data-mail='piece']::before, .mail-closed::before { background: #eceff3; color: #37404d; }
  .mail-shown { padding: 4px 8px; font-size: 13px; color: #37404d; opacity: 0.8; overflow: hidden; }
  .mail-empty { display: grid; place-items: center; min-height: 80px; background: #eceff3; color: #37404d; font: 12px/18px Arial, sans-serif; }
  [data-mail-code] { padding: 0 3px; border-radius: 3px; background: rgba(107, 79, 187, 0.16); }
  @media (max-width: 480px) { [data-mail='mj-section'] { flex-direction: column; } }
  ${inScheme(looks.css, 'light').replaceAll('</', '<\\/')}
`;

export interface CanvasWords {
  image: string;
  closed: string;
}

/** Draws one part: by style properties, which no content security policy has to allow. */
export function paint(
  component: Component,
  looks: Looks,
  words: CanvasWords,
  shown: (expression: string) => string,
) {
  const element = component.getEl();
  const node = keptOf(component)?.node;
  if (!element || !node) return;
  if (node.kind === 'piece') {
    if (node.source.startsWith('<mj-table')) draw(element, tableOf(node.source, shown));
    return;
  }
  if (node.kind === 'block') return;
  const own = attributesOf(component) ?? {};
  const { outer, inner } = stylesOf(node.name, own, looks);
  element.style.cssText = '';
  set(element, outer);
  const classes = resolved(node.name, own, looks)['css-class'] ?? '';
  for (const name of classes.split(/\s+/)) if (/^[\w-]+$/.test(name)) element.classList.add(name);
  if (node.name === 'mj-body') element.style.setProperty('--mail-width', inner.width ?? '600px');
  if (node.name === 'mj-button') asButton(element, outer, inner);
  if (node.name === 'mj-image') asImage(element, own, inner, words.image);
  if (node.name === 'mj-divider') {
    const line = element.ownerDocument.createElement('div');
    set(line, { ...inner, display: 'inline-block' });
    element.replaceChildren(line);
  }
  if (!isEditable(component) && node.words.trim() !== '') {
    element.classList.add('mail-closed');
    element.dataset.label = words.closed;
    draw(element, toCanvas(node.words, shown));
  }
}

const set = (element: HTMLElement, styles: Record<string, string>) => {
  for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value);
};

// One element is both the line and the button on it: its margin is what the line's padding is in a mail.
function asButton(
  element: HTMLElement,
  { padding = '0', 'text-align': align }: Record<string, string>,
  inner: Record<string, string>,
) {
  element.style.cssText = '';
  set(element, { ...inner, width: inner.width === '100%' ? 'auto' : (inner.width ?? 'fit-content') });
  set(element, { margin: padding, 'text-align': 'center' });
  if (align !== 'left' && inner.width !== '100%') element.style.marginLeft = 'auto';
  if (align !== 'right' && inner.width !== '100%') element.style.marginRight = 'auto';
}

function asImage(
  element: HTMLElement,
  own: Record<string, string>,
  inner: Record<string, string>,
  none: string,
) {
  const page = element.ownerDocument;
  const source = own.src ?? '';
  if (!/^https?:\/\/[^{}]+$/i.test(source)) {
    const empty = page.createElement('div');
    empty.className = 'mail-empty';
    empty.textContent = source || none; // where it comes from an expression, there is no picture before there is a mail
    element.replaceChildren(empty);
    return;
  }
  const picture = page.createElement('img');
  picture.alt = own.alt ?? '';
  set(picture, inner);
  picture.src = source;
  element.replaceChildren(picture);
}

function draw(element: HTMLElement, html: string) {
  const shown = element.ownerDocument.createElement('div');
  shown.className = 'mail-shown';
  shown.innerHTML = html; // in a document that runs nothing (DraftCanvas.cs)
  element.replaceChildren(shown);
}

// A browser moves what stands between rows out of the table: blocks are left out of the picture.
const tableOf = (source: string, shown: (expression: string) => string) =>
  toCanvas(
    source
      .replace(/^<mj-table\b[^>]*>/, '<table>')
      .replace(/<\/mj-table>$/, '</table>')
      .replace(/\{\{~?\s*(?:[#/^]|else\b)[^}]*\}\}/g, ''),
    shown,
  );
