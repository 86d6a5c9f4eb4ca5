import { describe, expect, it } from 'vitest';
import { inScheme } from './color-scheme';
import { partialOf, placeOf } from './places';
import { sideBySide } from './side-by-side';
import { missingTexts, withText } from './texts';

describe('a unified diff', () => {
  it('puts what was taken out beside what came in its place', () => {
    expect(sideBySide('@@ -1,3 +1,2 @@\n a\n-b\n-c\n+B\n@@ -9,1 +8,1 @@\n z\n')).toEqual([
      { kind: 'same', before: { line: 1, text: 'a' }, after: { line: 1, text: 'a' } },
      { kind: 'changed', before: { line: 2, text: 'b' }, after: { line: 2, text: 'B' } },
      { kind: 'changed', before: { line: 3, text: 'c' }, after: undefined },
      { kind: 'hunk' },
      { kind: 'same', before: { line: 9, text: 'z' }, after: { line: 8, text: 'z' } },
    ]);
  });

  it('keeps lines that look like its own marks', () => {
    expect(sideBySide('@@ -1,1 +1,1 @@\n---\n+++\n')).toEqual([
      { kind: 'changed', before: { line: 1, text: '--' }, after: { line: 1, text: '++' } },
    ]);
  });
});

describe('texts', () => {
  const strings = { en: { subject: 'Hello', left: 'Left' }, fr: { subject: 'Bonjour' } };

  it('are missing where the default language has them', () => {
    expect(missingTexts(strings, 'en', 'fr')).toEqual(['left']);
    expect(missingTexts(strings, 'en', 'en')).toEqual([]);
  });

  it('that are emptied are none, but in the default language, which says which texts there are', () => {
    expect(withText(strings, 'en', { locale: 'fr', key: 'subject', text: '' }).fr).toEqual({});
    expect(withText(strings, 'en', { locale: 'en', key: 'left', text: '' }).en).toEqual({
      subject: 'Hello',
      left: '',
    });
  });
});

it('rules of the dark scheme hold in the dark, whatever the browser asks its own person', () => {
  const html = '<style>@media (prefers-color-scheme: dark) { p { color: #fff } }</style>';

  expect(inScheme(html, 'dark')).toContain('@media (min-width: 0px) {');
  expect(inScheme(html, 'light')).toContain('@media (max-width: 0px) {');
});

it('a problem leads to where its file is written', () => {
  expect(placeOf('strings.fr-CA.json')).toEqual({ tab: 'texts', locale: 'fr-CA' });
  expect(placeOf('text.hbs')).toEqual({ tab: 'text' });
  expect(placeOf('../_shop/header.mjml')).toBeUndefined();
  expect(partialOf('../_shop/header.mjml')).toEqual({ layout: '_shop', partial: 'header.mjml' });
});
