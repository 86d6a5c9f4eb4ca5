/** Webhooks and their attempts as they are on the wire. */

export const aWebhook = (values: Record<string, unknown> = {}) => ({
  object: 'webhook',
  id: 'w1',
  endpoint: 'https://app.example.com/hooks/mail',
  events: ['email.delivered', 'email.bounced'],
  status: 'enabled',
  enabled: true,
  disabled_reason: null,
  failing_since: null,
  resume_at: null,
  old_secret_expires_at: null,
  waiting: 0,
  failed: 0,
  created_at: '2026-11-20T18:00:00Z',
  updated_at: '2026-11-20T18:00:00Z',
  ...values,
});

export const aWebhookList = (...data: unknown[]) => ({
  object: 'list',
  has_more: false,
  data,
  known_events: ['email.sent', 'email.delivered', 'email.bounced', 'email.complained', 'email.failed'],
});

export const anAttempt = (values: Record<string, unknown> = {}) => ({
  object: 'webhook_attempt',
  id: 'a1',
  event_id: 'evt_1',
  type: 'email.bounced',
  email_id: 'm1',
  event_created_at: '2026-11-20T18:00:00Z',
  attempt: 1,
  created_at: '2026-11-20T18:00:01Z',
  duration_ms: 42,
  succeeded: false,
  status: 500,
  problem: 'It answered 500; only 2xx says that it was taken.',
  answer: 'Internal error',
  next_attempt_at: '2026-11-20T18:05:00Z',
  ...values,
});
