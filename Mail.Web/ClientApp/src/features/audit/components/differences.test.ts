import { describe, expect, it } from 'vitest';
import { differences } from './differences';

describe('differences', () => {
  it('are told field by field, within objects too', () => {
    expect(
      differences(
        { name: 'Shop', retention: { content_days: 30 }, region: null, same: 1 },
        { name: 'Store', retention: { content_days: 7 }, region: 'eu', same: 1 },
      ),
    ).toEqual([
      { field: 'name', before: 'Shop', after: 'Store' },
      { field: 'retention.content_days', before: '30', after: '7' },
      { field: 'region', before: undefined, after: 'eu' },
    ]);
  });

  it('of what is new are all that it has, and of what is gone all that it had', () => {
    expect(differences(null, { scopes: ['emails:send', 'emails:read'], domains: [], test: false })).toEqual([
      { field: 'scopes', before: undefined, after: 'emails:send, emails:read' },
      { field: 'domains', before: undefined, after: '[]' },
      { field: 'test', before: undefined, after: 'false' },
    ]);
    expect(differences({ name: '' }, null)).toEqual([{ field: 'name', before: '""', after: undefined }]);
    expect(differences(null, null)).toEqual([]);
  });
});
