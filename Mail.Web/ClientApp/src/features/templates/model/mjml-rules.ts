/** Which tag may stand in which; a handlebars block takes what the tag around it takes. */
export const holds: Record<string, string[]> = {
  'mj-body': ['mj-section', 'mj-wrapper', 'mj-hero'],
  'mj-wrapper': ['mj-section', 'mj-hero'],
  'mj-section': ['mj-column', 'mj-group'],
  'mj-group': ['mj-column'],
  'mj-column': ['mj-text', 'mj-button', 'mj-image', 'mj-divider', 'mj-spacer'],
  'mj-hero': ['mj-text', 'mj-button', 'mj-image', 'mj-divider', 'mj-spacer'],
};

export type FieldKind = 'text' | 'color' | 'align';

/** The attributes that people change most. What else a tag has is shown as text. */
export const fields: Record<string, [name: string, kind: FieldKind][]> = {
  'mj-body': [
    ['background-color', 'color'],
    ['width', 'text'],
  ],
  'mj-wrapper': [
    ['background-color', 'color'],
    ['padding', 'text'],
    ['border-radius', 'text'],
  ],
  'mj-section': [
    ['background-color', 'color'],
    ['padding', 'text'],
    ['text-align', 'align'],
    ['border-radius', 'text'],
  ],
  'mj-group': [['background-color', 'color']],
  'mj-hero': [
    ['background-color', 'color'],
    ['padding', 'text'],
  ],
  'mj-column': [
    ['width', 'text'],
    ['background-color', 'color'],
    ['padding', 'text'],
    ['border-radius', 'text'],
  ],
  'mj-text': [
    ['color', 'color'],
    ['font-size', 'text'],
    ['font-weight', 'text'],
    ['line-height', 'text'],
    ['align', 'align'],
    ['padding', 'text'],
  ],
  'mj-button': [
    ['href', 'text'],
    ['background-color', 'color'],
    ['color', 'color'],
    ['align', 'align'],
    ['border-radius', 'text'],
    ['font-size', 'text'],
    ['inner-padding', 'text'],
    ['padding', 'text'],
  ],
  'mj-image': [
    ['src', 'text'],
    ['alt', 'text'],
    ['href', 'text'],
    ['width', 'text'],
    ['align', 'align'],
    ['padding', 'text'],
  ],
  'mj-divider': [
    ['border-color', 'color'],
    ['border-width', 'text'],
    ['border-style', 'text'],
    ['padding', 'text'],
  ],
  'mj-spacer': [['height', 'text']],
};

const columns = (count: number) =>
  `<mj-section>${'<mj-column><mj-text>Text</mj-text></mj-column>'.repeat(count)}</mj-section>`;

/** What can be put in. The words in it are the author's to change. */
export const blocks = {
  text: '<mj-text>Text</mj-text>',
  button: '<mj-button href="https://">Button</mj-button>',
  image: '<mj-image src="" alt="" />',
  divider: '<mj-divider />',
  spacer: '<mj-spacer height="20px" />',
  oneColumn: columns(1),
  twoColumns: columns(2),
  threeColumns: columns(3),
};

export type BlockName = keyof typeof blocks;
