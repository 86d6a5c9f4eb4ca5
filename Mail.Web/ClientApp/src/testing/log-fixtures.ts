/** Request logs as they are on the wire. */

export const aLog = (values: Record<string, unknown> = {}) => ({
  object: 'request_log',
  id: 'l1',
  created_at: '2026-11-20T18:00:00Z',
  api_key: { id: 'k1', name: 'shop' },
  mode: 'live',
  method: 'POST',
  path: '/emails',
  status: 200,
  error: null,
  duration_ms: 12.345,
  ip: '203.0.113.9',
  user_agent: 'shop/1.0',
  trace_id: null,
  email_ids: ['m1'],
  ...values,
});

export const smtpSettings = (values: Record<string, unknown> = {}) => ({
  object: 'smtp_settings',
  enabled: true,
  host: 'mail.example.com',
  starttls_port: 2587,
  tls_port: 2465,
  clear_text_on_this_machine: false,
  username: 'mail',
  max_message_bytes: 41943040,
  ...values,
});
