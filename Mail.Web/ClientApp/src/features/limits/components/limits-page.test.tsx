import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { openApp } from '@/testing/open-app';
import { limitsOf, relayLimits } from '@/testing/operations-fixtures';
import { failure, server } from '@/testing/server';

const limitsAre = (...relays: unknown[]) => {
  server.use(http.get('/api/limits', () => HttpResponse.json(limitsOf(...relays))));
};

function first(many: HTMLElement[]) {
  const [one] = many;
  if (!one) throw new Error('There is none.');
  return one;
}

const last = (many: HTMLElement[]) => first(many.slice(-1));

describe('limits', () => {
  it('say what is used, what holds and who waits', async () => {
    limitsAre(
      relayLimits({
        waiting: [
          {
            for: 'quota',
            domain: null,
            cause: 'quota_used',
            recipients: 2,
            next: '2026-11-22T00:00:00Z',
            examples: [{ message_id: 'm1', recipient: 'ada@example.com', reason: 'The quota is used.' }],
          },
        ],
      }),
    );
    openApp('/limits');

    const section = within(await screen.findByRole('region', { name: 'main' }));
    expect(section.getByText(/900 of 1,000/)).toBeInTheDocument();
    expect(section.getByText('5 a second')).toBeInTheDocument();
    expect(section.getByText('2 recipients wait for the quota or the warm-up')).toBeInTheDocument();
    expect(section.getByRole('link', { name: 'ada@example.com' })).toHaveAttribute('href', '/messages/m1');
  });

  it('are changed with the revision that they were read from', async () => {
    limitsAre(relayLimits());
    const sent: unknown[] = [];
    server.use(
      http.patch('/api/relays/r1', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json({ revision: 4 });
      }),
    );
    const { user } = openApp('/limits');

    await user.click(await screen.findByRole('button', { name: 'Change the limits of main' }));
    await user.clear(screen.getByLabelText(/^Recipients a day/));
    await user.type(screen.getByLabelText(/^Recipients a day/), '2000');
    await user.click(screen.getByRole('button', { name: 'Add a domain' }));
    await user.type(last(screen.getAllByLabelText('Domain')), '*');
    await user.type(screen.getByLabelText('At a time, *'), '3');
    await user.click(screen.getByRole('switch', { name: /Warm this relay up/ }));
    await user.click(first(screen.getAllByRole('button', { name: 'Save' })));

    expect(await screen.findByText(/Workers follow/)).toBeInTheDocument();
    expect(sent[0]).toMatchObject({
      day_quota: 2000,
      rate_per_second: 14,
      revision: 3,
      domain_limits: [
        { domain: 'gmail.com', rate_per_second: 5, max_concurrent: null },
        { domain: '*', rate_per_second: null, max_concurrent: 3 },
      ],
      warm_up: { first_day: 50, growth: 1.5, ceiling: null },
    });
  });

  it('that are refused stay typed, with the reason at the field', async () => {
    limitsAre(relayLimits());
    server.use(
      http.patch('/api/relays/r1', () =>
        failure(422, 'validation_error', '`domain_limits.0.domain` must be a domain such as `example.com`.'),
      ),
    );
    const { user } = openApp('/limits');

    await user.click(await screen.findByRole('button', { name: 'Change the limits of main' }));
    await user.clear(screen.getByLabelText('Domain'));
    await user.type(screen.getByLabelText('Domain'), 'no domain');
    await user.click(first(screen.getAllByRole('button', { name: 'Save' })));

    expect(await screen.findByRole('alert')).toHaveTextContent('must be a domain');
    expect(screen.getByLabelText('Domain')).toBeInvalid();
    expect(screen.getByLabelText('Domain')).toHaveValue('no domain');
  });

  it('say what went wrong', async () => {
    server.use(http.get('/api/limits', () => failure(500, 'internal_error', 'Oops.')));
    openApp('/limits');

    expect(await screen.findByRole('button', { name: 'Try again' })).toBeInTheDocument();
  });
});
