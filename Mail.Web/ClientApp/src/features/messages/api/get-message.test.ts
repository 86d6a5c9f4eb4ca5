import { describe, expect, it } from 'vitest';
import { aMessage, aRecipient } from '@/testing/fixtures';
import { message, refreshEvery } from './get-message';

const noon = Date.parse('2026-11-20T12:00:00Z');

const oneOf = (values: Record<string, unknown>) =>
  message.parse(aMessage({ recipients: [aRecipient(), aRecipient({ email: 'b@example.com', ...values })] }));

describe('a message page refreshes', () => {
  it.each([
    ['quickly while a worker has it', { state: 'sending' }, 2_000],
    [
      'quickly just before the next attempt',
      { state: 'delivery_delayed', next_attempt_at: '2026-11-20T12:00:59Z' },
      2_000,
    ],
    [
      'quickly when an attempt is overdue',
      { state: 'queued', next_attempt_at: '2026-11-20T11:00:00Z' },
      2_000,
    ],
    [
      'slowly long before the next attempt',
      { state: 'scheduled', next_attempt_at: '2026-12-01T00:00:00Z' },
      15_000,
    ],
    ['slowly once every recipient is done', { state: 'bounced' }, 15_000],
  ])('%s', (_, values, interval) => {
    expect(refreshEvery(oneOf(values), noon)).toBe(interval);
  });
});
