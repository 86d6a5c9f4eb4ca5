/** Domains and sender identities as they are on the wire. */

export const aRecord = (values: Record<string, unknown> = {}) => ({
  record: 'DKIM',
  name: 'mail-abc._domainkey.shop.example',
  host: 'mail-abc._domainkey',
  type: 'TXT',
  ttl: 'Auto',
  status: 'pending',
  value: 'v=DKIM1; k=rsa; p=AAAA',
  zone_value: '"v=DKIM1; k=rsa; p=AAAA"',
  priority: null,
  required: true,
  problem: 'missing',
  found: [],
  suggestion: null,
  key: 'active',
  advice: 'There is no TXT record at this name.',
  ...values,
});

export const aDomain = (values: Record<string, unknown> = {}) => ({
  object: 'domain',
  id: 'd1',
  name: 'shop.example',
  display_name: 'shop.example',
  status: 'pending',
  include_subdomains: true,
  created_at: '2026-11-20T18:00:00Z',
  verified_at: null,
  checked_at: '2026-11-20T18:01:00Z',
  next_check_at: '2026-11-20T18:03:00Z',
  missing_since: null,
  records: [aRecord()],
  ...values,
});

export const anIdentity = (values: Record<string, unknown> = {}) => ({
  object: 'sender_identity',
  id: 's1',
  email: 'me@gmail.com',
  name: 'Me',
  reply_to: null,
  company: null,
  postal_address: null,
  status: 'pending',
  created_at: '2026-11-20T18:00:00Z',
  mailed_at: '2026-11-20T18:00:00Z',
  verified_at: null,
  ...values,
});
