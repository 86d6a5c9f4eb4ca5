import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

const anErasure = (values: Record<string, unknown> = {}) => ({
  object: 'erasure',
  id: 'e1',
  status: 'finished',
  keep_suppressed: false,
  removed: { messages: 2, events: 3 },
  cleaned: { messages: 1 },
  waiting_messages: 0,
  created_at: '2026-11-20T18:00:00Z',
  finished_at: '2026-11-20T18:00:01Z',
  ...values,
});

const erasuresAre = (...data: ReturnType<typeof anErasure>[]) => {
  server.use(http.get('/api/privacy/erasures', () => HttpResponse.json({ object: 'list', data })));
};

describe('privacy', () => {
  it('exports what is known of an address, once there is one', async () => {
    erasuresAre();
    const { user } = openApp('/privacy');

    expect(await screen.findByRole('button', { name: 'Export' })).toBeDisabled();
    await user.type(screen.getByRole('textbox', { name: 'Address' }), 'ada+x@example.com');

    expect(screen.getByRole('link', { name: 'Export' })).toHaveAttribute(
      'href',
      '/api/privacy/export?email=ada%2Bx%40example.com&project=p1',
    );
    expect(screen.getByText('Nobody has been forgotten yet.')).toBeInTheDocument();
  });

  it('forgets nobody without asking, and says how far it is', async () => {
    erasuresAre(
      anErasure(),
      anErasure({ id: 'e2', status: 'in_progress', waiting_messages: 1, finished_at: null }),
    );
    const sent: unknown[] = [];
    server.use(
      http.post('/api/privacy/erase', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json(anErasure());
      }),
    );
    const { user } = openApp('/privacy');

    await user.type(await screen.findByRole('textbox', { name: 'Address' }), 'ada@example.com');
    await user.click(screen.getByRole('button', { name: 'Forget this person' }));
    const dialog = await screen.findByRole('dialog', { name: 'Forget ada@example.com?' });
    expect(sent).toHaveLength(0);
    await user.click(within(dialog).getByRole('checkbox', { name: 'Keep not writing to them' }));
    await user.click(within(dialog).getByRole('button', { name: 'Forget' }));

    expect(await screen.findByText('This person is forgotten.')).toBeInTheDocument();
    expect(sent).toEqual([{ email: 'ada@example.com', keep_suppressed: true }]);
    const items = within(screen.getByRole('list', { name: /Erasures/ })).getAllByRole('listitem');
    expect(items[0]).toHaveTextContent('Rows removed: 5. Kept for others, without the address: 1.');
    expect(items[1]).toHaveTextContent('Waits for 1 message to others');
  });

  it('says in the words of the API why an address is not forgotten', async () => {
    erasuresAre();
    server.use(
      http.post('/api/privacy/erase', () =>
        failure(409, 'address_in_use', '`email` is a sender identity of this project.'),
      ),
    );
    const { user } = openApp('/privacy');

    await user.type(await screen.findByRole('textbox', { name: 'Address' }), 'me@example.com');
    await user.click(screen.getByRole('button', { name: 'Forget this person' }));
    await user.click(await screen.findByRole('button', { name: 'Forget' }));

    expect(await screen.findByRole('alert')).toHaveTextContent('is a sender identity of this project.');
  });
});
