import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { openApp } from '@/testing/open-app';
import { aDeadLetter, deadLetterPage } from '@/testing/operations-fixtures';
import { failure, server } from '@/testing/server';

const lettersAre = (...letters: { type: string }[]) => {
  const asked: string[] = [];
  server.use(
    http.get('/api/dead-letters', ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json(deadLetterPage(letters));
    }),
  );
  return asked;
};

function settled(path: string, answer: () => Response) {
  const sent: unknown[] = [];
  server.use(
    http.post(path, async ({ request }) => {
      sent.push(await request.json());
      return answer();
    }),
  );
  return sent;
}

describe('dead letters', () => {
  it('are replayed one by one or all that are shown', async () => {
    lettersAre(aDeadLetter(), aDeadLetter({ id: 'd2', type: 'codes.sweep' }));
    const sent = settled('/api/dead-letters/replay', () => HttpResponse.json({ queued: 1 }, { status: 202 }));
    const { user } = openApp('/dead-letters');

    const items = within(await screen.findByRole('list', { name: 'Dead letters' })).getAllByRole('listitem');
    expect(items[0]).toHaveTextContent('The template has no subject.');
    await user.click(screen.getByRole('button', { name: 'Replay codes.sweep' }));
    expect(await screen.findByText('1 waits for a worker now.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Replay the 2 shown' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Replay' }));

    await screen.findAllByText('1 waits for a worker now.');
    expect(sent).toEqual([{ ids: ['d2'] }, { ids: ['d1', 'd2'] }]);
  });

  it('are filtered by their type, in the address', async () => {
    const asked = lettersAre(aDeadLetter());
    const { user, address } = openApp('/dead-letters');

    await user.selectOptions(await screen.findByLabelText('Type'), 'reservations.reminder-due');

    expect(address()).toBe('/dead-letters?type=reservations.reminder-due');
    await waitFor(() => {
      expect(asked.at(-1)).toContain('type=reservations.reminder-due');
    });
  });

  it('are thrown away only after a question', async () => {
    server.use(
      http.get('/api/dead-letters/d1', () => HttpResponse.json({ ...aDeadLetter(), body: '{"offer":7}' })),
    );
    lettersAre();
    const sent = settled('/api/dead-letters/discard', () => HttpResponse.json({ discarded: 1 }));
    const { user, address } = openApp('/dead-letters/d1');

    expect(await screen.findByText(/"offer": 7/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    expect(sent).toEqual([]);
    await user.click(await screen.findByRole('button', { name: 'Discard for good' }));

    expect(await screen.findByText('Nothing is stuck')).toBeInTheDocument();
    expect(address()).toBe('/dead-letters');
    expect(sent).toEqual([{ ids: ['d1'] }]);
  });

  it('say what went wrong', async () => {
    server.use(http.get('/api/dead-letters', () => failure(500, 'internal_error', 'Oops.')));
    openApp('/dead-letters');

    expect(await screen.findByRole('button', { name: 'Try again' })).toBeInTheDocument();
  });
});
