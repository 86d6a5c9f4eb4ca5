import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

const line = (period: string, messages: number) => ({
  period,
  part: null,
  messages,
  recipients: messages,
  waiting: 0,
  sent: messages,
  bounced: 0,
  other: 0,
});

const usageIs = (...data: unknown[]) => {
  const asked: string[] = [];
  server.use(
    http.get('/api/usage', ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({
        object: 'usage',
        since: '2026-11-01',
        until: '2026-11-20',
        by: 'day',
        split: null,
        has_more: false,
        data,
      });
    }),
  );
  return asked;
};

describe('usage', () => {
  it('is counted by day, with a sum, and can be taken along', async () => {
    usageIs(line('2026-11-20', 1200), line('2026-11-19', 34));
    openApp('/usage?split=');

    const rows = within(await screen.findByRole('table')).getAllByRole('row');
    expect(rows[1]).toHaveTextContent('Nov 20, 20261,200');
    expect(rows[3]).toHaveTextContent('Together1,234');
    expect(screen.getByRole('link', { name: 'Export CSV' })).toHaveAttribute(
      'href',
      expect.stringContaining('/api/usage/export'),
    );
  });

  it('asks for what is chosen, and keeps it in the address', async () => {
    const asked = usageIs(line('2026-11-20', 1));
    const { user, address } = openApp('/usage');

    await user.selectOptions(await screen.findByLabelText('In parts'), 'tag');

    expect(address()).toBe('/usage?split=tag');
    expect(asked.at(-1)).toBe('?split=tag');
  });

  it('shows a refusal at its field', async () => {
    server.use(
      http.get('/api/usage', () => failure(422, 'validation_error', '`since` must not be after `until`.')),
    );
    openApp('/usage?since=2026-12-01&until=2026-11-01');

    expect(await screen.findByText(/must not be after/)).toBeInTheDocument();
    expect(screen.getByLabelText('From')).toBeInvalid();
  });
});
