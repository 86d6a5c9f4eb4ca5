/** Templates, their renderings and versions as they are on the wire. */

export const aTemplateSummary = (values: Record<string, unknown> = {}) => ({
  object: 'template',
  id: 't1',
  key: 'order-shipped',
  alias: 'order-shipped',
  name: 'Order shipped',
  lane: 'normal',
  locales: ['en', 'fr'],
  built_in: false,
  status: 'published',
  published_version: 2,
  published_at: '2026-11-20T18:00:00Z',
  has_changes: true,
  created_at: '2026-11-19T18:00:00Z',
  updated_at: '2026-11-20T18:00:00Z',
  ...values,
});

export const aTemplate = (values: Record<string, unknown> = {}) => ({
  ...aTemplateSummary(),
  unsubscribe: false,
  tracking: true,
  default_locale: 'en',
  layout: null,
  mjml: '<mjml>\n  <mj-body></mj-body>\n</mjml>',
  html: null,
  text: null,
  subject: 'Hello {{name}}',
  strings: {
    en: { subject: 'Hello {{name}}', left: 'It left.' },
    fr: { subject: 'Bonjour {{name}}' },
  },
  variables: {
    name: { type: 'string', required: true, default: null, description: null, fields: null, secret: null },
  },
  sample: { name: 'Ada' },
  last_version: 2,
  revision: 5,
  experiment_id: null,
  ...values,
});

export const aRendering = (values: Record<string, unknown> = {}) => ({
  object: 'rendered_template',
  locale: 'en',
  subject: 'Hello Ada',
  html: '<p>Hello Ada</p>',
  text: 'Hello Ada in text',
  size: 2048,
  problems: [],
  ...values,
});

export const aProblem = (values: Record<string, unknown> = {}) => ({
  severity: 'warning',
  rule: 'image',
  file: 'template.mjml',
  line: 2,
  column: 3,
  message: 'The picture has no `alt`.',
  ...values,
});

export const aVersion = (version: number, values: Record<string, unknown> = {}) => ({
  version,
  note: null,
  is_published: false,
  created_at: '2026-11-20T18:00:00Z',
  ...values,
});

const metric = (count: number, verdict: string | null) => ({
  count,
  of: 1000,
  rate: count / 1000,
  low: count / 1000 - 0.02,
  high: count / 1000 + 0.02,
  comparison: verdict && { difference: 0.05, p_value: 0.001, adjusted_p_value: 0.001, verdict },
});

const anArm = (name: string, version: number, clicked: number, verdict: string | null) => ({
  name,
  version,
  weight: 1,
  counts: { arm: name, recipients: 1010, bounced: 10, unsubscribed: 1, complained: 0 },
  metrics: {
    reached: metric(990, verdict && 'no_difference_shown'),
    opened: metric(400, verdict && 'no_difference_shown'),
    clicked: metric(clicked, verdict),
    converted: metric(2, verdict && 'not_enough_data'),
  },
  values: [],
});

export const anExperiment = (values: Record<string, unknown> = {}) => ({
  object: 'experiment',
  id: 'x1',
  template_id: 't1',
  name: 'A shorter subject',
  status: 'running',
  arms: [
    { name: 'now', version: 1, weight: 1 },
    { name: 'short', version: 2, weight: 1 },
  ],
  rule: null,
  rule_outcome: null,
  winner: null,
  ended_by: null,
  created_at: '2026-11-20T18:00:00Z',
  started_at: '2026-11-20T18:00:00Z',
  ended_at: null,
  results: {
    at: '2026-11-20T19:00:00Z',
    confidence: 0.95,
    minimum_recipients: 100,
    arms: [anArm('now', 1, 100, null), anArm('short', 2, 150, 'higher')],
    sample_ratio: null,
    warnings: [{ code: 'peeking', message: 'It is still running.' }],
  },
  results_at_end: null,
  ...values,
});

export const aLayout = (values: Record<string, unknown> = {}) => ({
  object: 'template_layout',
  key: '_shop',
  built_in: false,
  partials: { 'header.mjml': '<mj-section></mj-section>' },
  footer: null,
  strings: { en: { brand: 'The Shop' } },
  variables: {},
  ...values,
});
