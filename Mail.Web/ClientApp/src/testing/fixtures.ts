/** Answers of the API as they are on the wire. Each takes what a test cares about and fills in the rest. */

export const aSession = () => ({
  user: { id: 'u1', email: 'owner@example.com' },
  projects: [{ id: 'p1', name: 'Bakery', role: 'owner' }],
});

export const aSummary = (values: Record<string, unknown> = {}) => ({
  id: '019aa2f0-0000-7000-8000-000000000001',
  to: ['ada@example.com'],
  from: 'Oven <hello@example.com>',
  created_at: '2026-11-20T18:00:00Z',
  subject: 'Reset your password',
  bcc: null,
  cc: null,
  reply_to: null,
  last_event: 'sent',
  scheduled_at: null,
  ...values,
});

export const aPage = (data: unknown[], hasMore = false) => ({ object: 'list', has_more: hasMore, data });

export const aRecipient = (values: Record<string, unknown> = {}) => ({
  email: 'ada@example.com',
  kind: 'to',
  state: 'sent',
  code: 250,
  enhanced_code: '2.0.0',
  text: 'Ok: queued',
  relay: 'main-relay',
  attempts: 1,
  next_attempt_at: null,
  reason: null,
  cause: null,
  ...values,
});

export const aMessage = (values: Record<string, unknown> = {}) => ({
  ...aSummary(),
  object: 'email',
  message_id: '<m1@mail.example.com>',
  html: '<p>Hello</p>',
  text: 'Hello',
  tags: [{ name: 'kind', value: 'reset' }],
  lane: 'critical',
  template: { id: 'password-reset', version: '3', locale: 'en' },
  recipients: [aRecipient()],
  ...values,
});

export const anEvent = (values: Record<string, unknown> = {}) => ({
  id: 'e1',
  type: 'email.queued',
  created_at: '2026-11-20T18:00:00Z',
  recipient: null,
  relay: null,
  code: null,
  enhanced_code: null,
  text: null,
  attempt: null,
  next_attempt_at: null,
  reason: null,
  cause: null,
  has_transcript: false,
  ...values,
});

export const anAlert = (values: Record<string, unknown> = {}) => ({
  object: 'alert',
  id: 'al1',
  kind: 'relay_paused',
  subject: 'main-relay',
  scope: 'project',
  open: true,
  title: 'The relay “main-relay” is paused',
  summary: 'Mail cannot leave through it since 20 Nov 2026, 18:00 UTC.',
  remedy: 'Check host and port.',
  reason: 'Nothing answers at smtp.example.com:587 (Connection refused).',
  cause: 'relay_refuses_connections',
  count: 1,
  opened_at: '2026-11-20T18:00:00Z',
  last_at: '2026-11-20T18:05:00Z',
  resolved_at: null,
  acknowledged_at: null,
  told_at: null,
  ...values,
});

export const anAlertList = (data: { open: boolean }[] = []) => ({
  object: 'list',
  open: data.filter(({ open }) => open).length,
  data,
});
