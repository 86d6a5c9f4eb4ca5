/** Relays and their kinds as they are on the wire. */

const words = (text: string) => ({ en: text, fr: `${text} (fr)` });

const field = (name: string, title: string, values: Record<string, unknown> = {}) => ({
  name,
  title: words(title),
  help: null,
  example: `an example of ${name}`,
  required: false,
  secret: false,
  multiline: false,
  number: false,
  default: null,
  choices: [],
  ...values,
});

export const aRelay = (values: Record<string, unknown> = {}) => ({
  object: 'relay',
  id: 'r1',
  name: 'main',
  kind: 'smtp',
  preset: 'sendgrid',
  preset_region: 'global',
  enabled: true,
  priority: 100,
  weight: 1,
  lanes: [],
  region: null,
  senders: [],
  max_connections: null,
  rate_per_second: null,
  day_quota: null,
  month_quota: null,
  settings: {
    host: 'smtp.sendgrid.net',
    port: 587,
    tls: 'starttls',
    username: 'apikey',
    password: { set: true },
  },
  problem: null,
  webhook_url: null,
  revision: 1,
  created_at: '2026-11-20T18:00:00Z',
  updated_at: '2026-11-20T18:00:00Z',
  ...values,
});

export const relayKinds = {
  object: 'list',
  data: [
    {
      name: 'smtp',
      title: words('SMTP server'),
      fields: [
        field('host', 'Host', { required: true }),
        field('port', 'Port', { number: true, default: '587' }),
        field('tls', 'Protection', { choices: ['starttls', 'tls'] }),
        field('username', 'User name'),
        field('password', 'Password', { secret: true }),
      ],
      presets: [
        {
          name: 'sendgrid',
          title: 'SendGrid',
          regions: [
            { name: 'global', host: 'smtp.sendgrid.net', region: 'us' },
            { name: 'eu', host: 'smtp.eu.sendgrid.net', region: 'eu' },
          ],
          fixed_username: 'apikey',
          username: words('The word apikey.'),
          password: words('An API key.'),
          senders: words('Verified addresses.'),
          note: null,
          help_url: 'https://example.com/help',
        },
      ],
    },
    {
      name: 'postmark',
      title: words('Postmark'),
      fields: [
        field('server_token', 'Server API token', { required: true, secret: true }),
        field('webhook_login', 'Webhook user and password', { secret: true }),
      ],
      presets: [],
    },
    { name: 'capture', title: words('Sandbox inbox'), fields: [], presets: [] },
  ],
};
