import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { aPage, aSummary } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { server } from '@/testing/server';

const none = {
  sent: 0,
  delivered: 0,
  delayed: 0,
  bounced: 0,
  failed: 0,
  suppressed: 0,
  complained: 0,
  opened: 0,
  clicked: 0,
};
const counts = { ...none, sent: 1000, delivered: 900, opened: 400, bounced: 80 };
const metrics = {
  object: 'metrics',
  interval: 'day',
  time_zone: 'UTC',
  from: '2026-11-20T00:00:00Z',
  to: '2026-11-21T12:00:00Z',
  totals: counts,
  data: [
    { at: '2026-11-20T00:00:00Z', counts },
    { at: '2026-11-21T00:00:00Z', counts: none },
  ],
};
const waiting = {
  object: 'waiting_emails',
  count: 10_000,
  has_more: true,
  oldest: {
    email_id: '019aa2f0-0000-7000-8000-000000000001',
    accepted_at: '2026-11-20T18:00:00Z',
    state: 'delivery_delayed',
    next_attempt_at: '2026-11-21T18:00:00Z',
    reason: 'The relay answers nothing.',
  },
};
const relay = { id: 'r1', name: 'Main', enabled: true, state: 'paused', state_reason: 'No answer.' };
const alert = { id: 'a1', open: true, title: 'A relay is paused', last_at: '2026-11-20T18:00:00Z' };

beforeEach(() => {
  server.use(
    http.get('/api/emails', () => HttpResponse.json(aPage([aSummary()]))),
    http.get('/api/emails/metrics', () => HttpResponse.json(metrics)),
    http.get('/api/emails/waiting', () => HttpResponse.json(waiting)),
    http.get('/api/relays', () => HttpResponse.json({ object: 'list', data: [relay] })),
  );
});

describe('the overview', () => {
  it('says what became of mail, and what is too much', async () => {
    openApp('/');

    expect(await screen.findByTestId('figure-sent')).toHaveTextContent('1,000');
    expect(screen.getByText('90%')).toBeInTheDocument();
    expect(screen.getByText(/^8% · over 5%/)).toBeInTheDocument();
    const table = screen.getByRole('table', { name: 'Over time' });
    expect(within(table).getAllByRole('row')).toHaveLength(2);
  });

  it('says what waits, since when and why, and which relay and alert there is', async () => {
    server.use(http.get('/api/alerts', () => HttpResponse.json({ object: 'list', open: 1, data: [alert] })));
    openApp('/');

    expect(await screen.findByTestId('waiting')).toHaveTextContent('10,000+');
    expect(screen.getByText('The relay answers nothing.')).toBeInTheDocument();
    expect(await screen.findByText('Paused')).toBeInTheDocument();
    const alerts = await screen.findByRole('list', { name: 'Alerts' });
    expect(within(alerts).getByText('A relay is paused')).toBeInTheDocument();
  });

  it('keeps its period in the address', async () => {
    const asked: (string | null)[] = [];
    server.use(
      http.get('/api/emails/metrics', ({ request }) => {
        asked.push(new URL(request.url).searchParams.get('days'));
        return HttpResponse.json(metrics);
      }),
    );
    const { user, address } = openApp('/?days=30');

    await user.click(await screen.findByText('90 days'));

    expect(address()).toBe('/?days=90');
    await waitFor(() => {
      expect(asked).toEqual(['30', '90']);
    });
  });

  it('shows how to send until something was sent', async () => {
    let sent = false;
    server.use(http.get('/api/emails', () => HttpResponse.json(aPage(sent ? [aSummary()] : []))));
    const { user } = openApp('/');

    await user.click(await screen.findByRole('tab', { name: 'Python' }));
    expect(screen.getByRole('region', { name: 'Sample that sends a mail' })).toHaveTextContent(
      'urllib.request',
    );
    sent = true;

    expect(await screen.findByTestId('figure-sent', {}, { timeout: 10_000 })).toBeInTheDocument();
  });

  it('says what could not be asked, and shows the rest', async () => {
    server.use(
      http.get('/api/emails/metrics', () =>
        HttpResponse.json({ statusCode: 500, name: 'internal_server_error', message: '-' }, { status: 500 }),
      ),
    );
    openApp('/');

    expect(await screen.findByText('Something went wrong on the server')).toBeInTheDocument();
    expect(await screen.findByTestId('waiting')).toBeInTheDocument();
  });
});
