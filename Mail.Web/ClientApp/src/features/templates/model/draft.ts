import type { Strings, Template, Variable } from '../api/template';

/** What an author writes; what PATCH takes, field by field. */
export interface TemplateDraft {
  name: string;
  default_locale: string;
  layout: string | null;
  lane: string;
  unsubscribe: boolean;
  tracking: boolean;
  mjml: string | null;
  html: string | null;
  text: string | null;
  strings: Strings;
  variables: Record<string, Variable>;
  sample: Record<string, unknown>;
}

export const draftOf = (template: Template): TemplateDraft => ({
  name: template.name,
  default_locale: template.default_locale,
  layout: template.layout,
  lane: template.lane,
  unsubscribe: template.unsubscribe,
  tracking: template.tracking,
  mjml: template.mjml,
  html: template.html,
  text: template.text,
  strings: template.strings,
  variables: tidy(template.variables),
  sample: template.sample,
});

export const isSame = (one: TemplateDraft, other: TemplateDraft) =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

/** Without what is not said: the answer of the API says null for it, which a request would have to mean. */
function tidy(variables: Record<string, Variable>): Record<string, Variable> {
  return Object.fromEntries(
    Object.entries(variables).map(
      ([name, { type, required, default: fallback, description, secret, fields }]) => [
        name,
        {
          type,
          ...(required === true && { required }),
          ...(fallback !== undefined && fallback !== null && { default: fallback }),
          ...(description && { description }),
          ...(secret === true && { secret }),
          ...(fields && { fields: tidy(fields) }),
        },
      ],
    ),
  );
}

/** `template.mjml` for a design, `template.html` for finished HTML: as problems name it. */
export const designFile = (draft: TemplateDraft) => (draft.html === null ? 'template.mjml' : 'template.html');
