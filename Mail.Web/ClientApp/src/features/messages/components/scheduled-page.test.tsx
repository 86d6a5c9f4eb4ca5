import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { aPage, aSummary } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

const later = '2099-11-20T18:00:00Z';

const scheduled = (values: Record<string, unknown> = {}) =>
  aSummary({ id: 'm1', last_event: 'scheduled', scheduled_at: later, ...values });

/** The list as the API holds it, and the times that were asked for. */
function listOf(messages: unknown[], hasMore = false) {
  const times: unknown[] = [];
  server.use(
    http.get('/api/emails/scheduled', () => HttpResponse.json(aPage(messages, hasMore))),
    http.patch('/api/emails/m1', async ({ request }) => {
      const body = (await request.json()) as { scheduled_at: string };
      times.push(body.scheduled_at);
      return HttpResponse.json({ object: 'email', id: 'm1', scheduled_at: body.scheduled_at });
    }),
  );
  return times;
}

describe('the scheduled messages', () => {
  it('come with their time and their people', async () => {
    listOf([scheduled({ cc: ['bob@example.com'] })]);

    openApp('/scheduled');

    const list = await screen.findByRole('list', { name: 'Scheduled messages, the next one first' });
    const item = within(list).getByRole('listitem');
    expect(item).toHaveTextContent('ada@example.com +1 more');
    expect(item.querySelector('time')).toHaveAttribute('datetime', later);
    expect(within(item).getByRole('link', { name: 'Reset your password' })).toHaveAttribute(
      'href',
      '/messages/m1',
    );
  });

  it('get another time, which can be taken back', async () => {
    const times = listOf([scheduled()]);
    const { user } = openApp('/scheduled');

    await user.click(await screen.findByRole('button', { name: 'Reschedule: Reset your password' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Reschedule' }));
    await user.click(await screen.findByRole('button', { name: 'Undo' }));

    await waitFor(() => {
      expect(times).toHaveLength(2);
    });
    expect(times[1]).toBe('2099-11-20T18:00:00.000Z');
    expect(await screen.findByText(/^Back to/)).toBeInTheDocument();
  });

  it('are canceled after a question, and say when it is too late', async () => {
    listOf([scheduled()]);
    server.use(
      http.post('/api/emails/m1/cancel', () => failure(409, 'too_late', 'ada@example.com has it already.')),
    );
    const { user } = openApp('/scheduled');

    await user.click(await screen.findByRole('button', { name: 'Cancel: Reset your password' }));
    const dialog = await screen.findByRole('dialog', { name: 'Cancel this message?' });
    await user.click(within(dialog).getByRole('button', { name: 'Cancel the message' }));

    expect(await within(dialog).findByRole('alert')).toHaveTextContent('ada@example.com has it already.');
  });

  it('turn to what leaves later', async () => {
    listOf([scheduled()], true);
    const { user, address } = openApp('/scheduled');

    await user.click(await screen.findByRole('button', { name: 'Later' }));

    await waitFor(() => {
      expect(address()).toBe('/scheduled?after=m1');
    });
  });

  it('are none, or cannot be asked for', async () => {
    listOf([]);
    openApp('/scheduled', 'fr');
    expect(await screen.findByRole('heading', { name: 'Rien n’est planifié' })).toBeInTheDocument();
  });

  it('say what failed', async () => {
    server.use(http.get('/api/emails/scheduled', () => failure(503, 'service_unavailable')));
    openApp('/scheduled');
    expect(await screen.findByRole('alert')).toBeInTheDocument();
  });
});
