import { describe, expect, it } from 'vitest';
import { createFormat } from './use-format';

const noon = Date.parse('2026-11-20T12:00:00Z');
const at = (offsetSeconds: number) => new Date(noon + offsetSeconds * 1000).toISOString();

describe('relative times', () => {
  it.each([
    [0, 'now'],
    [-59, '59 seconds ago'],
    [-119, '1 minute ago'],
    [600, 'in 10 minutes'],
    [-7_200, '2 hours ago'],
    [-86_400, 'yesterday'],
    [10 * 86_400, 'in 10 days'],
    [-40 * 86_400, 'last month'],
  ])('%i seconds from now is %s', (offset, words) => {
    expect(createFormat('en').relative(at(offset), noon)).toBe(words);
  });

  it('follow the language', () => {
    expect(createFormat('fr').relative(at(-180), noon)).toBe('il y a 3 minutes');
  });
});

describe('sizes', () => {
  it.each([
    [999, '999 B'],
    [1_000, '1 kB'],
    [12_540, '12.5 kB'],
  ])('%i bytes are %s', (count, words) => {
    expect(createFormat('en').bytes(count)).toBe(words);
  });
});
