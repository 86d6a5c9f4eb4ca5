/** Members, invitations, keys and lines of the audit log as they are on the wire. */

export const aMember = (values: Record<string, unknown> = {}) => ({
  object: 'member',
  id: 'u1',
  email: 'owner@example.com',
  role: 'owner',
  two_factor: true,
  created_at: '2026-11-01T10:00:00Z',
  ...values,
});

export const anInvitation = (values: Record<string, unknown> = {}) => ({
  object: 'member_invitation',
  id: 'i1',
  email: 'new@example.com',
  role: 'viewer',
  status: 'open',
  invited_by: 'Ada',
  created_at: '2026-11-20T10:00:00Z',
  sent_at: '2026-11-20T10:00:00Z',
  expires_at: '2026-11-27T10:00:00Z',
  ...values,
});

export const anApiKey = (values: Record<string, unknown> = {}) => ({
  object: 'api_key',
  id: 'k1',
  name: 'shop',
  start: 'mk_live_abcd',
  test: false,
  permission: 'sending_access',
  scopes: ['emails:send'],
  domains: ['example.com'],
  allowed_ips: [],
  rate_per_second: null,
  created_by: 'u1',
  maker_has_left: false,
  created_at: '2026-11-01T10:00:00Z',
  expires_at: null,
  last_used_at: null,
  ...values,
});

export const anAuditLine = (values: Record<string, unknown> = {}) => ({
  object: 'audit_entry',
  id: 'l1',
  at: '2026-11-20T10:00:00Z',
  actor: { kind: 'user', id: 'u1', name: 'owner@example.com' },
  ip: '203.0.113.9',
  action: 'relay.change',
  subject_id: 'r1',
  outcome: 'done',
  before: { name: 'main' },
  after: { name: 'second' },
  ...values,
});

export const aListOf = (...data: unknown[]) => ({ object: 'list', has_more: false, data });

/** The session of somebody with this role in the one project. */
export const aSessionAs = (role: string) => ({
  user: { id: 'u1', email: 'owner@example.com' },
  projects: [{ id: 'p1', name: 'Bakery', role }],
});
