/** Limits, dead letters, the system and the project as they are on the wire. */

export const relayLimits = (values: Record<string, unknown> = {}) => ({
  id: 'r1',
  name: 'main',
  enabled: true,
  revision: 3,
  max_connections: null,
  rate_per_second: 14,
  day_quota: 1000,
  month_quota: null,
  domain_limits: [{ domain: 'gmail.com', rate_per_second: 5, max_concurrent: null }],
  warm_up: null,
  today: { used: 900, limit: 1000, from: 'day_quota', resets_at: '2026-11-22T00:00:00Z' },
  month: null,
  planned: [],
  waiting: [],
  ...values,
});

export const limitsOf = (...relays: unknown[]) => ({
  object: 'limits',
  rate_per_second: null,
  relays,
  default_relay_waiting: [],
  counts_up_to: 10_000,
});

export const aDeadLetter = (values: Record<string, unknown> = {}) => ({
  object: 'dead_letter',
  id: 'd1',
  message_id: 'm1',
  type: 'reservations.reminder-due',
  handler: 'ReservationTimers.Remind',
  key: null,
  attempts: 10,
  error: 'The template has no subject.',
  published_at: '2026-11-20T06:00:00Z',
  due_at: '2026-11-20T07:00:00Z',
  died_at: '2026-11-20T18:00:00Z',
  ...values,
});

export const deadLetterPage = (letters: { type: string }[], hasMore = false) => ({
  object: 'list',
  has_more: hasMore,
  data: letters,
  types: [...new Set(letters.map(({ type }) => type))].map((type) => ({
    type,
    count: letters.filter((one) => one.type === type).length,
    last_died_at: '2026-11-20T18:00:00Z',
  })),
});

const queue = { due: 0, later: 2, running: 1, oldest_due_at: null };

export const aSystem = (values: Record<string, unknown> = {}) => ({
  object: 'system',
  scope: 'installation',
  checked_at: '2026-11-20T18:00:00Z',
  status: 'ok',
  version: '0.1.0',
  problems: [],
  workers: [
    {
      id: 'w1',
      host: 'worker-a',
      process_id: 42,
      version: '0.1.0',
      alive: true,
      started_at: '2026-11-20T06:00:00Z',
      seen_at: '2026-11-20T18:00:00Z',
    },
  ],
  queue: (['critical', 'normal', 'bulk'] as const).map((lane) => ({
    lane,
    due: 3,
    parked: 0,
    later: 4,
    sending: 1,
    oldest_due_at: null,
  })),
  bus: { ...queue, dead_letters: 0 },
  webhooks: { ...queue, failing: 0, given_up: 0 },
  database: {
    version: '17.2',
    latency_ms: 0.4,
    size_bytes: 43_000_000,
    oldest_transaction_seconds: null,
    connections: 12,
    max_connections: 100,
    months: ['2026-10', '2026-11', '2026-12'],
    has_next_month: true,
    stray_rows: 0,
  },
  cache: { status: 'ok', latency_ms: 0.3 },
  bounce_mailboxes: [],
  counts_up_to: 100_000,
  ...values,
});

export const aProject = (values: Record<string, unknown> = {}) => ({
  object: 'project',
  id: 'p1',
  name: 'Bakery',
  default_locale: 'en',
  region: null,
  alert_emails: [],
  retention: { content_days: 30, history_days: 90 },
  tracking: { opens: false, clicks: false },
  rate_per_second: null,
  company_name: null,
  postal_address: null,
  legal_footer: null,
  require_two_factor: false,
  created_at: '2026-11-20T06:00:00Z',
  ...values,
});
