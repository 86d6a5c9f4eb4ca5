/** Requests for decisions as they are on the wire. */

export const aRequest = (values: Record<string, unknown> = {}) => ({
  object: 'request',
  id: 'q1',
  state: 'pending',
  title: 'Travel to Berlin',
  text: 'The early bird price ends on Wednesday.',
  details: [],
  choices: [
    { key: 'yes', label: 'Approve' },
    { key: 'no', label: 'Decline' },
  ],
  person: { email: 'camille@example.com', name: 'Camille Martin', locale: 'fr', time_zone: 'Europe/Paris' },
  on_behalf_of: null,
  deadline: '2100-12-01T17:00:00Z',
  reminders: [],
  comment: true,
  from: null,
  metadata: null,
  created_at: '2026-11-20T18:00:00Z',
  ended_at: null,
  decision: null,
  history: null,
  ...values,
});

export const aHistoryLine = (values: Record<string, unknown> = {}) => ({
  what: 'mailed',
  at: '2026-11-20T18:00:00Z',
  how: 'api',
  who: null,
  ip: null,
  user_agent: null,
  email_id: 'm1',
  detail: null,
  ...values,
});
