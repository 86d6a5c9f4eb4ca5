import type { Component, ComponentDefinition, Editor } from 'grapesjs';
import { fits, type Part, placeOf } from '../model/mjml-parts';
import type { MjmlNode } from '../model/mjml-source';
import type { Attributes } from '../model/mjml-tag';

/** Of our own on each component of the builder; the rest of a component is the builder's. */
interface Kept {
  node: MjmlNode;
  isNew: boolean;
  htmlBefore?: string;
  /** The tag in which it stood: what is no tag of MJML's stays in those of this name. */
  home?: string;
}

export const keptOf = (component: Component) => component.get('kept') as Kept | undefined;

export const attributesOf = (component: Component) => component.get('mjml') as Attributes | undefined;

export function changeAttribute(component: Component, name: string, value: string) {
  const all = { ...attributesOf(component), [name]: value };
  component.set(
    'mjml',
    Object.fromEntries(Object.entries(all).filter(([one]) => one !== name || value !== '')),
  );
}

export const isEditable = (component: Component) => component.is('mail-words');

export const labelOf = (node: MjmlNode) => (node.kind === 'element' ? node.name : node.label);

/** What the builder makes its components of. */
export function definitionOf(
  { node, isNew, attributes, html, htmlBefore, parts }: Part,
  home?: string,
): ComponentDefinition {
  const place = node.kind === 'element' ? node.name : home;
  const isStill =
    (node.kind === 'piece' && node.isFixed) || place === undefined || labelOf(node) === 'mj-body';
  return {
    type: html === undefined ? 'mail-box' : 'mail-words',
    kept: { node, isNew, htmlBefore, home } satisfies Kept,
    mjml: attributes,
    content: html ?? '',
    attributes: { 'data-mail': node.kind === 'element' ? node.name : node.kind, 'data-label': labelOf(node) },
    draggable: !isStill,
    removable: !isStill,
    copyable: !isStill,
    components: parts.map((part) => definitionOf(part, place)),
  };
}

/** As the builder's settings take it, whose type knows text alone. */
export const contentOf = (body: Part) => [definitionOf(body)] as unknown as string;

/** What a component has become. */
export function partFrom(component: Component): Part | undefined {
  const kept = keptOf(component);
  if (!kept) return undefined; // nothing of ours
  const { node, isNew, htmlBefore } = kept;
  return {
    node,
    isNew,
    htmlBefore,
    attributes: attributesOf(component),
    html: isEditable(component) ? htmlOf(component) : undefined,
    parts: component.components().models.flatMap((child) => partFrom(child) ?? []),
  };
}

// While somebody types, the words stand in the canvas alone.
function htmlOf(component: Component) {
  const view = component.view as { rteEnabled?: boolean } | undefined;
  return view?.rteEnabled === true ? component.view?.getChildrenContainer().innerHTML : component.content;
}

const pathTo = (component: Component) =>
  [component, ...component.parents()].toReversed().flatMap((one) => keptOf(one)?.node ?? []);

/** Whether the one may stand in the other. */
export function mayStand(source: Component, target: Component) {
  const kept = keptOf(source);
  return kept !== undefined && fits(kept.node, kept.home, placeOf(pathTo(target)));
}

/** Puts it in behind what is chosen, as near as it may stand. */
export function putIn(editor: Editor, definition: ComponentDefinition): Component | undefined {
  const node = (definition.kept as Kept).node;
  const fitsIn = (target: Component) => fits(node, undefined, placeOf(pathTo(target)));
  let at: number | undefined;
  for (let target = editor.getSelected(); target; target = target.parent()) {
    if (fitsIn(target)) return target.append(definition, at === undefined ? {} : { at })[0];
    at = target.index() + 1;
  }
  return lastThat(editor.getWrapper(), fitsIn)?.append(definition)[0];
}

function lastThat(
  component: Component | undefined,
  isSo: (one: Component) => boolean,
): Component | undefined {
  if (component && keptOf(component)?.node.kind === 'block') return undefined; // what is repeated is not meant
  for (const child of component?.components().models.toReversed() ?? []) {
    const found = lastThat(child, isSo);
    if (found) return found;
  }
  return component && keptOf(component) && isSo(component) ? component : undefined;
}

/** One place further to the front or back among its neighbours; what must stay where it is is not passed over. */
export function neighbourOf(component: Component, step: -1 | 1): number | undefined {
  const siblings = component.parent()?.components().models ?? [];
  const at = component.index() + step;
  const other = siblings[at];
  const kept = other && keptOf(other);
  if (!kept || component.get('draggable') === false || (kept.node.kind === 'piece' && kept.node.isFixed))
    return undefined;
  return at;
}

export function move(component: Component, step: -1 | 1) {
  const parent = component.parent();
  const at = neighbourOf(component, step);
  if (!parent || at === undefined) return;
  component.move(parent, { at: step > 0 ? at + 1 : at });
}
