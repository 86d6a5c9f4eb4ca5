/** Where in the editor a file of the template's folder is written; none for a file of its layout. */
export function placeOf(
  file: string,
): { tab: 'design' | 'texts' | 'text' | 'variables'; locale?: string } | undefined {
  if (file === 'template.mjml' || file === 'template.html') return { tab: 'design' };
  if (file === 'text.hbs') return { tab: 'text' };
  if (file === 'template.json' || file === 'sample.json') return { tab: 'variables' };
  const locale = /^strings\.([\w-]+)\.json$/.exec(file)?.[1];
  return locale === undefined ? undefined : { tab: 'texts', locale };
}

/** `../_shop/header.mjml` is the partial `header.mjml` of the layout `_shop`. */
export function partialOf(file: string): { layout: string; partial: string } | undefined {
  const [, layout, partial] = /^(?:\.\.\/)?(_[\w-]+)\/(.+)$/.exec(file) ?? [];
  return layout === undefined || partial === undefined ? undefined : { layout, partial };
}
