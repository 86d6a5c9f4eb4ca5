import type { Strings } from '../api/template';

/** Every mail has them: they stand first, also while nobody has written them. */
export const everywhere = ['subject', 'preheader'];

/** In the order of their authors, the default language's first. */
export function textKeys(strings: Strings, defaultLocale: string, withFixed: boolean): string[] {
  const keys = new Set(withFixed ? everywhere : []);
  for (const key of Object.keys(strings[defaultLocale] ?? {})) keys.add(key);
  for (const texts of Object.values(strings)) for (const key of Object.keys(texts)) keys.add(key);
  return [...keys];
}

/** The texts of the default language that this one lacks: the default language's are shown in their place. */
export function missingTexts(strings: Strings, defaultLocale: string, locale: string): string[] {
  if (locale === defaultLocale) return [];
  const texts = strings[locale] ?? {};
  return Object.entries(strings[defaultLocale] ?? {})
    .filter(([key, text]) => text !== '' && !(texts[key] ?? ''))
    .map(([key]) => key);
}

/** An empty text is none, so that another language's stands in for it; the default language's own says which texts there are. */
export function withText(
  strings: Strings,
  defaultLocale: string,
  { locale, key, text }: { locale: string; key: string; text: string },
): Strings {
  const texts = strings[locale] ?? {};
  const dispensable = locale !== defaultLocale && key in (strings[defaultLocale] ?? {});
  if (text !== '' || !dispensable) return { ...strings, [locale]: { ...texts, [key]: text } };
  return { ...strings, [locale]: Object.fromEntries(Object.entries(texts).filter(([one]) => one !== key)) };
}

export function withoutKey(strings: Strings, key: string): Strings {
  return Object.fromEntries(
    Object.entries(strings).map(([locale, texts]) => [
      locale,
      Object.fromEntries(Object.entries(texts).filter(([one]) => one !== key)),
    ]),
  );
}

export const localesOf = (strings: Strings, defaultLocale: string) => [
  defaultLocale,
  ...Object.keys(strings)
    .filter((locale) => locale !== defaultLocale)
    .sort(),
];
