// Derives client-support.tsv from caniemail's data: node client-support.mjs features.json > client-support.tsv
// What a feature is called in a mail, and whether a mail depends on it, is ours; who supports it is theirs.
import { readFileSync } from 'node:fs';

const layout = new Set(`css-clear css-column-count css-flex-direction css-float css-function-max css-gap css-justify-content css-margin-inline-block
  css-padding-inline-block css-position css-transform css-unit-ch css-unit-rem css-unit-vh css-visibility css-border-inline-block css-clip-path css-mask-image html-hidden html-svg html-video
  html-input-submit image-avif image-base64 image-tiff image-webp`.split(/\s+/));

const names = { // kind and names where the slug does not say them
  'css-gap': 'property gap column-gap row-gap', 'css-margin-inline-block': 'property margin-inline margin-block margin-inline-start margin-inline-end margin-block-start margin-block-end',
  'css-padding-inline-block': 'property padding-inline padding-block padding-inline-start padding-inline-end padding-block-start padding-block-end',
  'css-border-inline-block': 'property border-inline border-block', 'css-flex-direction': 'property flex-direction',
  'css-linear-gradient': 'value linear-gradient(', 'css-radial-gradient': 'value radial-gradient(', 'css-function-max': 'value max(',
  'css-unit-ch': 'unit ch', 'css-unit-rem': 'unit rem', 'css-unit-vh': 'unit vh',
  'css-at-supports': 'at @supports', 'css-at-media-hover': 'media hover any-hover',
  'css-at-media-orientation': 'media orientation', 'css-at-media-prefers-color-scheme': 'media prefers-color-scheme', 'css-at-media-prefers-reduced-motion': 'media prefers-reduced-motion',
  'css-pseudo-class-lang': 'selector :lang(', 'css-pseudo-class-not': 'selector :not(', 'css-selector-attribute': 'selector [', 'css-selector-child': 'selector >', 'css-selector-adjacent-sibling': 'selector +',
  'html-hidden': 'attribute hidden', 'html-aria-describedby': 'attribute aria-describedby', 'html-aria-live': 'attribute aria-live', 'html-loading-attribute': 'attribute loading',
  'html-srcset': 'attribute srcset', 'html-svg': 'element svg', 'html-video': 'element video', 'html-bdi': 'element bdi', 'html-wbr': 'element wbr', 'html-ruby': 'element ruby', 'html-rp': 'element rp',
  'html-textarea': 'element textarea', 'css-inert-attribute': 'attribute inert', 'html-required': 'attribute required', 'image-base64': 'image data:', 'image-tiff': 'image .tif .tiff',
  'image-webp': 'image .webp', 'image-avif': 'image .avif', 'image-apng': 'image .apng',
};
// Told by rules of their own, or not to be seen in a mail.
const left = new Set(['css-at-font-face', 'css-at-import', 'css-sytem-ui', 'css-unit-initial', 'css-comments', 'html-doctype', 'image-hdr', 'amp']);

// A parsed object has lost the order of the file: versions by number, behind those that are named by a year or a month.
const inOrder = ([a], [b]) => /^\d{4}(-|$)/.test(b) - /^\d{4}(-|$)/.test(a) || a.localeCompare(b, 'en', { numeric: true });
const latest = (feature, family, platform) => Object.entries(feature.stats[family]?.[platform] ?? {}).sort(inOrder).at(-1)?.[1][0] ?? 'u';
const most = (values, decisive) => values.filter(value => value === 'n').length >= decisive ? 'n' : values.every(value => value === 'y' || value === 'u') ? 'y' : 'a';
const rows = [];
for (const feature of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  const clients = [
    most(['desktop-webmail', 'ios', 'android'].map(platform => latest(feature, 'gmail', platform)), 2),
    ...['windows', 'outlook-com', 'macos'].map(platform => latest(feature, 'outlook', platform)),
    latest(feature, 'apple-mail', 'ios') === 'n' ? 'n' : most([latest(feature, 'apple-mail', 'macos'), latest(feature, 'apple-mail', 'ios')], 2),
  ];
  if (!clients.includes('n') || left.has(feature.slug)) continue;
  const slug = feature.slug;
  const [kind, ...called] = (names[slug] ?? (slug.startsWith('css-pseudo-class-') ? `selector :${slug.slice(17)}` : slug.startsWith('css-pseudo-element-') ? `selector ::${slug.slice(19)}`
    : slug.startsWith('css-') ? `property ${slug.slice(4)}` : '')).split(' ');
  for (const name of called) rows.push([kind, name, layout.has(slug) ? 'layout' : 'decoration', ...clients, slug].join('\t'));
}

// Not of their data: Outlook for Windows shows mail by Word, which knows boxes and tables only.
for (const name of ['flex', 'inline-flex', 'grid', 'inline-grid']) rows.push(['display', name, 'layout', 'u', 'n', 'u', 'u', 'y', ''].join('\t'));

console.log(`# Which mail client lacks what. Derived by client-support.mjs from the data of Can I email (https://www.caniemail.com, github.com/hteumeuleu/caniemail,
# commit 6b086a3483a92078ba5226626e13db6f0a95a113 of 2026-06-29; of its features those that were at hand, 157), under its licence:
#
# MIT License. Copyright (c) 2019 Rémi Parmentier
# Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal
# in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
# copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:
# The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.
# THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
# FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
# LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
#
# The rows without a feature are ours. y: supported, a: partly, n: not, u: not known.
#kind\tname\tweight\tgmail\toutlook-windows\toutlook-com\toutlook-mac\tapple-mail\tfeature`);
console.log(rows.sort().join('\n'));
