import { describe, expect, it } from 'vitest';
import { understand } from './search-term';
import { timesOf } from './time-range';

describe('what is typed is understood', () => {
  it.each([
    ['ada@example.com', 'to'],
    ['@example.com', 'to'],
    ['ada', 'to'],
    ['42', 'to'],
    ['order:42', 'tag'],
    ['Your order', 'subject'],
    ['019aa2f0-0000-7000-8000-000000000001', 'id'],
    ['<019aa2f0-0000-7000-8000-000000000001@mail.example.com>', 'id'],
    ['<CAF=x@mail.example.com>', 'id'],
  ])('%s is looked for as %s', (text, field) => {
    expect(understand(text)).toBe(field);
  });
});

describe('a time range', () => {
  const noon = Date.parse('2026-11-20T12:00:00Z');

  it('goes along with the clock, or is whole days', () => {
    expect(timesOf('24h', undefined, noon)).toEqual({ since: '2026-11-19T12:00:00.000Z', until: undefined });
    const { since, until } = timesOf('2026-11-19', '2026-11-20', noon);
    expect(Date.parse(until ?? '') - Date.parse(since ?? '')).toBe(2 * 86_400_000);
  });

  it('leaves to the API what it does not understand', () => {
    expect(timesOf('yesterday', undefined, noon).since).toBe('yesterday');
  });
});
