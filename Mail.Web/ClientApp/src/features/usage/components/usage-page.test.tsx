import { screen, waitFor, within } from '@testing-library/react';
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
    await waitFor(() => {
      expect(asked.at(-1)).toBe('?split=tag');
    });
  });

  it('leads from a key to its messages', async () => {
    server.use(
      http.get('/api/usage', () =>
        HttpResponse.json({
          object: 'usage',
          since: '2026-11-01',
          until: '2026-11-30',
          by: 'month',
          split: 'key',
          has_more: false,
          data: [
            { ...line('2026-11-01', 7), part: 'shop', key_id: 'k1' },
            { ...line('2026-11-01', 2), part: 'shop', key_id: 'k2' },
            { ...line('2026-11-01', 1), key_id: null },
          ],
        }),
      ),
    );
    openApp('/usage?by=month&split=key');

    const links = await screen.findAllByRole('link', { name: 'shop' });
    expect(links.map((link) => link.getAttribute('href'))).toEqual(['/messages?key=k1', '/messages?key=k2']);
    expect(screen.getByRole('cell', { name: 'Without' })).toBeInTheDocument();
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
