import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join as path } from 'node:path';
import { describe, expect, it } from 'vitest';
import { looksOf, resolved } from './mjml-looks';
import { fits, newParts, type Part, partOf, write } from './mjml-parts';
import { join, type MjmlNode, split } from './mjml-source';
import { attributesOf, withAttributes } from './mjml-tag';
import { fromCanvas, isKept, toCanvas } from './mjml-words';

const folder = path(process.cwd(), '../../templates');

const builtIn = readdirSync(folder)
  .map((key) => [key, path(folder, key, 'template.mjml')] as const)
  .filter(([, file]) => existsSync(file))
  .map(([key, file]) => [key, readFileSync(file, 'utf8')] as const);

const inBody = (body: string) => `<mjml>\n  <mj-head></mj-head>\n  <mj-body>${body}</mj-body>\n</mjml>\n`;
const inColumn = (part: string) => inBody(`<mj-section><mj-column>${part}</mj-column></mj-section>`);

const nasty: [string, string][] = [
  [
    'a block around sections',
    inBody('{{#each items}}<mj-section></mj-section>{{else}}<mj-section />{{/each}}'),
  ],
  ['a block in mj-raw', inBody('<mj-raw>{{#if a}}</mj-raw>\n<mj-section/>\n<mj-raw> {{/if}} </mj-raw>')],
  [
    'blocks within blocks',
    inBody('{{#if a}}{{#each b}}<mj-section/>{{/each}}{{else if c}}<mj-section/>{{/if}}'),
  ],
  ['half a block', inBody('<mj-section>{{#if a}}</mj-section><mj-section>{{/if}}</mj-section>')],
  ['blocks that cross', inBody('{{#if a}}{{#each b}}<mj-section/>{{/if}}{{/each}}')],
  ['an expression in an attribute', inColumn('<mj-button href="{{link url "?a=" b}}">Go</mj-button>')],
  ['an expression among attributes', inColumn('<mj-text {{#if a}}color="red"{{/if}}>x</mj-text>')],
  ['a > in an expression', inColumn('<mj-text>{{#if (gt a 1)}}a > b < c{{/if}} {{"</mj-text>"}}</mj-text>')],
  ['braces in quotes', inColumn('<mj-text>{{insert a "default=}}"}}</mj-text>')],
  ['comments', inBody('<!-- <mj-section> --><mj-section><!-- {{#if --></mj-section>{{!-- }} --}}{{! x }}')],
  ['a conditional comment', inColumn('<mj-text><!--[if mso]><b>x</b><![endif]--></mj-text>')],
  ['CDATA', inColumn('<![CDATA[ </mj-column> ]]><mj-text><![CDATA[ </mj-text> ]]></mj-text>')],
  ['void tags', inColumn('<mj-text>a<br>b<br/>c<br /><img src="x"></mj-text><br><hr/>')],
  ['entities', inColumn('<mj-text>a&nbsp;b &copy; &#8217; &amp; &lt; &zwnj; \u00a0</mj-text>')],
  ['text between tags', inBody('words <mj-section> more </mj-section> & < 5 ')],
  [
    'unknown tags',
    inColumn(
      '<my-part a="1"><my-part/>x<my-part></my-part></my-part><mj-social><mj-social-element name="x" /></mj-social>',
    ),
  ],
  ['a table', inColumn('<mj-table><tr><td>{{a}}</td></tr>{{#each b}}<tr></tr>{{/each}}</mj-table>')],
  [
    'CRLF',
    inColumn('\r\n  <mj-text>\r\n    a\r\n    b\r\n  </mj-text>\r\n').replaceAll(/(?<!\r)\n/g, '\r\n'),
  ],
  [
    'a declaration and no line end',
    '<?xml version="1.0"?><!doctype mjml><mjml lang="{{locale}}"><mj-body /></mjml>',
  ],
  [
    'single quotes and custom attributes',
    inColumn("<mj-text css-class='a' data-x=\"1\"  color = 'red' >x</mj-text >"),
  ],
  [
    'mj-body in a comment of the head',
    '<mjml><mj-head><!-- <mj-body> --><mj-style>a > b { color: red }</mj-style></mj-head><mj-body></mj-body></mjml>',
  ],
];

function documentOf(source: string) {
  const found = split(source);
  if ('refusal' in found) throw new Error(JSON.stringify(found.refusal));
  return found.document;
}

const everyPart = (part: Part): Part[] => [part, ...part.parts.flatMap(everyPart)];
const everyNode = (node: MjmlNode): MjmlNode[] =>
  node.kind === 'piece' ? [node] : [node, ...node.children.flatMap(everyNode)];
const nameOf = ({ node }: Part) => (node.kind === 'element' ? node.name : node.label);

describe('a source in the visual mode', () => {
  it('finds the built-in templates', () => {
    expect(builtIn.length).toBeGreaterThan(40);
  });

  it.each([...builtIn, ...nasty])('comes back byte by byte: %s', (_, source) => {
    const document = documentOf(source);

    expect(join(document)).toBe(source);
    expect(write(document, partOf(document.body))).toBe(source);
  });

  // What a browser makes of the words may be spelled differently, although nobody has changed them.
  it.each([...builtIn, ...nasty])('comes back when words were opened and left: %s', (_, source) => {
    const document = documentOf(source);
    const body = partOf(document.body);
    const canvas = window.document.createElement('div');
    for (const part of everyPart(body)) {
      if (part.html === undefined) continue;
      canvas.innerHTML = part.html;
      part.html = canvas.innerHTML;
      part.htmlBefore = 'something else';
    }

    expect(write(document, body)).toBe(source);
  });

  it.each([...builtIn, ...nasty])('changes in one place alone when one text is changed: %s', (_, source) => {
    const document = documentOf(source);
    const count = everyPart(partOf(document.body)).filter(({ html }) => html !== undefined).length;
    for (let index = 0; index < count; index++) {
      const body = partOf(document.body);
      const part = everyPart(body).filter(({ html }) => html !== undefined)[index];
      if (part?.node.kind !== 'element') throw new Error('No words.');
      part.html = 'Hello <b>you</b>';
      const inner = part.node.start + part.node.open.length;
      const end = inner + part.node.words.length;
      const written = write(document, body);

      expect(written.slice(0, inner)).toBe(source.slice(0, inner));
      expect(written.endsWith(source.slice(end))).toBe(true);
      expect(written.slice(inner, written.length - (source.length - end)).trim()).toBe('Hello <b>you</b>');
    }
  });

  it.each([...builtIn, ...nasty])(
    'changes in one place alone when one attribute is changed: %s',
    (_, source) => {
      const document = documentOf(source);
      const count = everyPart(partOf(document.body)).length;
      for (let index = 0; index < count; index++) {
        const body = partOf(document.body);
        const part = everyPart(body)[index];
        if (part?.node.kind !== 'element' || !part.attributes) continue;
        part.attributes = { ...part.attributes, 'x-new': '1' };
        const written = write(document, body);
        const at = part.node.start + part.node.open.replace(/\s*\/?>$/, '').length;

        expect(written).toBe(`${source.slice(0, at)} x-new="1"${source.slice(at)}`);
      }
    },
  );

  it('shows a block and what is in it, and keeps halves where they are', () => {
    const block = documentOf(nasty[1]?.[1] ?? '').body.children[0];
    expect(block).toMatchObject({
      kind: 'block',
      label: '{{#if a}}',
      children: [{ kind: 'element', name: 'mj-section' }],
    });

    const halves = everyNode(documentOf(nasty[3]?.[1] ?? '').body).filter(({ kind }) => kind === 'piece');
    expect(halves).toMatchObject([
      { label: '{{#if a}}', isFixed: true },
      { label: '{{/if}}', isFixed: true },
    ]);
  });

  it('keeps an opaque part with the white space in front of it when it is moved', () => {
    const source = inBody(
      '\n    <mj-section />\n    <!-- two -->\n    <mj-include path="../_x/y.mjml" />\n  ',
    );
    const document = documentOf(source);
    const body = partOf(document.body);
    body.parts.unshift(...body.parts.splice(2, 1));

    expect(write(document, body)).toBe(
      inBody('\n    <mj-include path="../_x/y.mjml" />\n    <mj-section />\n    <!-- two -->\n  '),
    );
  });

  it('writes what is new on lines of its own, and leaves the rest', () => {
    const source = inBody('\n    <mj-section>\n      <mj-column></mj-column>\n    </mj-section>\n  ');
    const document = documentOf(source);
    const body = partOf(document.body);
    everyPart(body)
      .find((part) => nameOf(part) === 'mj-column')
      ?.parts.push(...newParts('divider'));
    body.parts.push(...newParts('oneColumn'));

    expect(write(document, body)).toBe(
      inBody(
        '\n    <mj-section>\n      <mj-column>\n        <mj-divider />\n      </mj-column>\n    </mj-section>' +
          '\n    <mj-section>\n      <mj-column>\n        <mj-text>Text</mj-text>\n      </mj-column>\n    </mj-section>\n  ',
      ),
    );
  });

  it('opens an empty tag for what is put into it', () => {
    const document = documentOf(inBody('<mj-section><mj-column /></mj-section>'));
    const body = partOf(document.body);
    everyPart(body)
      .find((part) => nameOf(part) === 'mj-column')
      ?.parts.push(...newParts('divider'));

    expect(write(document, body)).toContain('<mj-column>\n    <mj-divider />\n  </mj-column>');
  });

  it.each([
    ['<mjml><mj-body><mj-section></mj-body></mjml>', { reason: 'stray', what: '</mj-body>', line: 1 }],
    ['<mjml>\n<mj-body>\n<mj-section>', { reason: 'unclosed', what: '<mj-section>', line: 3 }],
    ['<mjml><mj-body><mj-text>x</mj-body></mjml>', { reason: 'unclosed', what: '<mj-text>', line: 1 }],
    ['<mjml><mj-body>{{#if a</mj-body></mjml>', { reason: 'unclosed', what: '{{', line: 1 }],
    ['<mjml><mj-body><!-- x</mj-body></mjml>', { reason: 'unclosed', what: '<!', line: 1 }],
    [
      '{{#if a}}<mjml><mj-body></mj-body></mjml>{{else}}<mjml><mj-body></mj-body></mjml>{{/if}}',
      { reason: 'noBody' },
    ],
    ['<mjml><mj-body></mj-body><mj-body></mj-body></mjml>', { reason: 'noBody' }],
    ['', { reason: 'noBody' }],
    ['<p>HTML', { reason: 'unclosed', what: '<p>', line: 1 }],
  ])('is refused where it cannot be taken apart: %s', (source, refusal) => {
    expect(split(source)).toEqual({ refusal });
  });
});

describe('attributes', () => {
  it('change in the source where they stand, and nothing beside them', () => {
    const open = `<mj-button  href='{{link url "?a=" b}}'\n  color="red" data-x="1" />`;
    expect(attributesOf(open)).toEqual({ href: '{{link url "?a=" b}}', color: 'red', 'data-x': '1' });

    expect(withAttributes(open, { ...attributesOf(open), color: 'blue' })).toBe(open.replace('red', 'blue'));
    expect(withAttributes(open, { href: 'x', 'data-x': '1' })).toBe(`<mj-button  href="x" data-x="1" />`);
    expect(withAttributes('<mj-text>', { title: 'say "a"', alt: `"'` })).toBe(
      `<mj-text title='say "a"' alt="&quot;'">`,
    );
  });

  it('are left alone where something stands among them that is none', () => {
    for (const open of [
      '<mj-text {{#if a}}a="1"{{/if}}>',
      '<mj-text a=1>',
      '<mj-text a="1" a="2">',
      '<mj-text a>',
    ])
      expect(attributesOf(open)).toBeUndefined();
  });
});

describe('words', () => {
  it.each([
    'Hello {{name}}',
    '{{t "title"}}',
    '<a href="{{url}}">{{label}}</a>',
    '<a href="{{link url "?a=1&b=" c}}">x</a>',
    'a<br />b<br />c',
    'a&nbsp;b &copy; caf&eacute;',
    'un\u00a0mot\u00a0!',
    '<a href="https://a.example/?b=1&c=2">x</a>',
    '<!--[if mso]>x<![endif]-->y',
    '{{#if a}}<strong>{{b}}</strong>{{else}}–{{/if}}',
    'a\r\nb',
    '{{!-- a }} b --}}c',
  ])('come back from a browser as they are: %s', (words) => {
    expect(isKept(words)).toBe(true);
  });

  it.each([
    'a<br>b<br/>',
    '<p>a',
    "<a href='x'>a</a>",
    '<B>a</B>',
    '<tr><td>a</td></tr>',
    'a &amp b',
    'a &quot;b&quot;',
  ])('are not given to a browser that would change them: %s', (words) => {
    expect(isKept(words)).toBe(false);
  });

  it('keep their expressions and their spelling when others around them change', () => {
    const words = 'Hello {{name}},<br/>caf&eacute; {{#if a}}now{{/if}}';
    const changed = toCanvas(words, () => 'shown').replace('Hello ', 'Dear ') + ' &amp; é {{b &gt; c}}';

    expect(fromCanvas(changed, words)).toBe(
      'Dear {{name}},<br/>caf&eacute; {{#if a}}now{{/if}} &amp; &eacute; {{b > c}}',
    );
  });
});

describe('what may stand where', () => {
  const [section] = newParts('oneColumn');
  const comment: MjmlNode = { kind: 'piece', before: '', label: '', source: '<!-- x -->', isFixed: false };

  it('is what MJML takes; and what is no tag of it stays among its like', () => {
    expect(section && fits(section.node, undefined, 'mj-body')).toBe(true);
    expect(section && fits(section.node, undefined, 'mj-column')).toBe(false);
    expect(fits(comment, 'mj-body', 'mj-body')).toBe(true);
    expect(fits(comment, 'mj-body', 'mj-column')).toBe(false);
  });
});

describe('looks', () => {
  it('are those of the head and of the layout that it includes', () => {
    const head =
      '<mjml><mj-head><mj-attributes><mj-all color="red" /><mj-text color="blue" /><mj-class name="big" font-size="30px" /></mj-attributes><mj-style>a { color: red }</mj-style></mj-head></mjml>';
    const looks = looksOf(
      '<mjml><mj-head><mj-include path="../_x/head.mjml" /></mj-head><mj-body><mj-text /></mj-body></mjml>',
      { 'head.mjml': head },
    );

    expect(resolved('mj-text', { 'mj-class': 'big' }, looks)).toMatchObject({
      color: 'blue',
      'font-size': '30px',
      align: 'left',
    });
    expect(resolved('mj-text', { 'font-size': '9px' }, looks)).toMatchObject({ 'font-size': '9px' });
    expect(looks.css).toContain('a { color: red }');
  });
});
