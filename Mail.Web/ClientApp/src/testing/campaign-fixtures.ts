/** Campaigns and candidates as they are on the wire. */

export const aCampaign = (values: Record<string, unknown> = {}) => ({
  object: 'campaign',
  id: 'c1',
  title: 'Baker',
  job: null,
  company: 'Northwind',
  target_url: 'https://jobs.example.com/interview',
  expires_in_minutes: 10080,
  remind_before_minutes: 1440,
  locales: ['fr', 'en'],
  time_zone: 'Europe/Paris',
  from: null,
  reply_to: null,
  message: null,
  duration_minutes: null,
  may_restart: true,
  track_opens: false,
  test: false,
  created_at: '2026-11-20T18:00:00Z',
  updated_at: '2026-11-20T18:00:00Z',
  not_invited: 2,
  ...values,
});

export const aCandidate = (values: Record<string, unknown> = {}) => ({
  object: 'candidate',
  id: 'k1',
  campaign_id: 'c1',
  application_id: 'A-1',
  email: 'ada@example.com',
  name: 'Ada',
  locale: 'fr',
  time_zone: null,
  state: 'new',
  expires_at: null,
  email_id: null,
  sends: 0,
  starts: 0,
  note: null,
  test: false,
  created_at: '2026-11-20T18:00:00Z',
  updated_at: '2026-11-20T18:00:00Z',
  ...values,
});

/** One who was written to, and whose link works for long. */
export const anInvited = (values: Record<string, unknown> = {}) =>
  aCandidate({ state: 'sent', sends: 1, email_id: 'm1', expires_at: '2099-01-01T12:00:00Z', ...values });

export const someMetrics = (values: Record<string, unknown> = {}) => ({
  object: 'campaign_metrics',
  candidates: 4,
  invited: 2,
  sent: 2,
  delivered: 1,
  opened: 0,
  started: 0,
  expired: 0,
  bounced: 0,
  complained: 0,
  revoked: 0,
  delivery_rate: 0.5,
  open_rate: 0,
  bounce_rate: 0,
  complaint_rate: 0,
  start_rate: 0,
  ...values,
});

export const anInviteRun = (values: Record<string, unknown> = {}) => ({
  object: 'campaign_invite',
  state: 'none',
  started_at: null,
  finished_at: null,
  total: 0,
  accepted: 0,
  refused: 0,
  remaining: 0,
  sent: 0,
  delivered: 0,
  opened: 0,
  bounced: 0,
  ...values,
});
