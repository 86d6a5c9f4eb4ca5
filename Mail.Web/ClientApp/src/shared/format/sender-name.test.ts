import { describe, expect, it } from 'vitest';
import { senderName } from './sender-name';

describe('a sender', () => {
  it.each([
    ['Acme <no-reply@example.com>', 'Acme'],
    ['"Acme, Inc." <no-reply@example.com>', 'Acme, Inc.'],
    ['no-reply@example.com', 'no-reply@example.com'],
    ['<no-reply@example.com>', '<no-reply@example.com>'],
  ])('%s is shown as %s', (from, shown) => {
    expect(senderName(from)).toBe(shown);
  });
});
