/** Mailboxes, their steps and their providers as they are on the wire. */

export const aMailbox = (values: Record<string, unknown> = {}) => ({
  object: 'mailbox',
  id: 'b1',
  email: 'sales@example.com',
  username: 'sales',
  domain: 'example.com',
  display_name: 'Sales',
  user: 'user:u1',
  provider: 'local',
  connection: 'c1',
  status: 'active',
  waiting_for: null,
  problem: null,
  credentials_waiting: false,
  credentials_shown_at: '2026-11-20T18:00:05Z',
  emails_sent_today: 3,
  emails_sent_month: 41,
  created_at: '2026-11-20T18:00:00Z',
  active_at: '2026-11-20T18:00:02Z',
  ended_at: null,
  ...values,
});

export const aProblem = (values: Record<string, unknown> = {}) => ({
  code: 'provider_throttled',
  message: 'Too many requests.',
  remedy: 'Nothing: it is tried again.',
  provider_code: '429',
  will_retry: true,
  at: '2026-11-20T18:00:01Z',
  ...values,
});

export const made = (values: Record<string, unknown> = {}) => ({
  success: true,
  email: 'sales@example.com',
  credentials: {
    smtp_server: 'mail.example.com',
    smtp_port: 2587,
    username: 'sales@example.com',
    password: 'mk_live_secret',
    web_password: null,
  },
  webmail: 'https://mail.example.com/webmail',
  id: 'b1',
  status: 'active',
  waiting_for: null,
  ...values,
});

export const aMailboxStep = (values: Record<string, unknown> = {}) => ({
  what: 'create',
  at: '2026-11-20T18:00:01Z',
  how: 'worker',
  who: null,
  ip: null,
  user_agent: null,
  email_id: null,
  detail: {
    provider: 'local',
    step: 'created',
    status: 'done',
    code: null,
    detail: null,
    provider_code: null,
    milliseconds: 12.3,
    next_attempt_at: null,
  },
  ...values,
});

export const aMailboxDomain = (values: Record<string, unknown> = {}) => ({
  object: 'mailbox_domain',
  domain: 'example.com',
  connection: 'c1',
  provider: 'local',
  enabled: true,
  default: true,
  created_at: '2026-11-20T18:00:00Z',
  ...values,
});

export const aConnection = (values: Record<string, unknown> = {}) => ({
  object: 'mailbox_connection',
  id: 'c1',
  name: 'Ours',
  kind: 'local',
  enabled: true,
  settings: {},
  quota: null,
  problem: null,
  revision: 1,
  created_at: '2026-11-20T18:00:00Z',
  updated_at: '2026-11-20T18:00:00Z',
  ...values,
});

export const mailboxKinds = {
  object: 'list',
  data: [
    {
      name: 'sendgrid',
      title: 'SendGrid',
      fields: [
        {
          name: 'api_key',
          title: 'API key',
          help: 'One that may manage `api_keys`.',
          example: 'SG.x.y',
          required: true,
          secret: true,
        },
      ],
    },
    { name: 'local', title: 'This installation', fields: [] },
  ],
};

const sends = { sent: 3, refused: 0, bounced: 1, complained: 0, success_rate: 0.6667 };

export const mailboxStatistics = {
  object: 'mailbox_statistics',
  accounts: { active: 2, suspended: 1 },
  today: sends,
  month: { ...sends, sent: 41, success_rate: 0.976 },
  providers: [{ name: 'local', accounts: { active: 2, suspended: 1 }, today: sends, month: sends }],
  days: [
    {
      date: '2026-11-19',
      created: 0,
      deleted: 0,
      sends: { ...sends, sent: 0, bounced: 0, success_rate: null },
    },
    { date: '2026-11-20', created: 2, deleted: 0, sends },
  ],
};

export const mailboxUsage = {
  object: 'mailbox_usage',
  project_id: 'p1',
  month: '2026-11',
  final: false,
  total: { mailboxes: 3, mailbox_days: 42, sent: 41, refused: 0, bounced: 1 },
  data: [],
};
