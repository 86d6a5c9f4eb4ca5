import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { anAlertList } from '@/testing/fixtures';
import { aRelay, relayKinds } from '@/testing/relay-fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

beforeEach(() => {
  server.use(http.get('/api/relay-kinds', () => HttpResponse.json(relayKinds)));
  server.use(http.get('/api/alerts', () => HttpResponse.json(anAlertList())));
});

const relaysAre = (...data: unknown[]) => {
  server.use(http.get('/api/relays', () => HttpResponse.json({ object: 'list', data })));
};

/** The orders that were asked for. */
function orders() {
  const sent: unknown[] = [];
  server.use(
    http.put('/api/relays/order', async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ object: 'relay_order', data: [] });
    }),
  );
  return sent;
}

describe('the relays', () => {
  it('are put in another order at once, and back again', async () => {
    let order = ['r1', 'r2', 'r3'];
    server.use(
      http.get('/api/relays', () =>
        HttpResponse.json({
          object: 'list',
          data: order.map((id, place) => aRelay({ id, name: `relay-${id}`, priority: 10 * (place + 1) })),
        }),
      ),
    );
    const sent: { order: string[][] }[] = [];
    server.use(
      http.put('/api/relays/order', async ({ request }) => {
        const body = (await request.json()) as { order: string[][] };
        sent.push(body);
        order = body.order.flat();
        return HttpResponse.json({ object: 'relay_order', data: [] });
      }),
    );
    const { user } = openApp('/relays');

    await user.click(await screen.findByRole('button', { name: 'Move relay-r3 up' }));
    expect(await screen.findByText('relay-r3 is now number 2 of 3.')).toBeInTheDocument();
    await user.click(await screen.findByRole('button', { name: 'Undo' }));

    await waitFor(() => {
      expect(sent).toEqual([{ order: [['r1'], ['r3'], ['r2']] }, { order: [['r1'], ['r2'], ['r3']] }]);
    });
  });

  it('are dragged by a finger too', async () => {
    relaysAre(...[1, 2, 3].map((n) => aRelay({ id: `r${n}`, name: `relay-${n}`, priority: n })));
    const sent = orders();
    openApp('/relays');
    const list = await screen.findByRole('list', { name: 'Relays' });
    within(list)
      .getAllByRole('listitem')
      .forEach((item, place) => {
        item.getBoundingClientRect = () => ({ top: place * 100, bottom: place * 100 + 80 }) as DOMRect;
      });
    const grip = screen.getByRole('button', { name: /^Move relay-3: / });
    grip.setPointerCapture = () => undefined; // jsdom has none
    const finger = { pointerType: 'touch', pointerId: 7, isPrimary: true, button: 0 };

    fireEvent.pointerDown(grip, { ...finger, clientY: 240 });
    fireEvent.pointerMove(grip, { ...finger, clientY: 30 });
    fireEvent.pointerUp(grip, { ...finger, clientY: 30 });

    await waitFor(() => {
      expect(sent).toEqual([{ order: [['r3'], ['r1'], ['r2']] }]);
    });
    expect(screen.getByText('relay-3 is now number 1 of 3.')).toBeInTheDocument();
  });

  it('stay where they are when their grip is only touched', async () => {
    relaysAre(aRelay({ id: 'r1', name: 'one', priority: 1 }), aRelay({ id: 'r2', name: 'two', priority: 1 }));
    const sent = orders();
    openApp('/relays');
    const grip = await screen.findByRole('button', { name: /^Move two: / });
    grip.setPointerCapture = () => undefined;
    const finger = { pointerType: 'touch', pointerId: 7, isPrimary: true, button: 0 };

    fireEvent.pointerDown(grip, finger);
    fireEvent.pointerUp(grip, finger);

    expect(sent).toEqual([]);
  });

  it('stay in their order when the API will not have another', async () => {
    relaysAre(
      aRelay({ id: 'r1', name: 'first', priority: 1 }),
      aRelay({ id: 'r2', name: 'second', priority: 2 }),
    );
    server.use(http.put('/api/relays/order', () => failure(409, 'relay_changed', 'Somebody added one.')));
    const { user } = openApp('/relays');

    await user.click(await screen.findByRole('button', { name: 'Move first down' }));

    expect(await screen.findByText('Somebody added one.')).toBeInTheDocument();
    const items = within(screen.getByRole('list', { name: 'Relays' })).getAllByRole('listitem');
    expect(items[0]).toHaveTextContent('first');
  });

  it('are listed in the order in which they are tried, with their quota', async () => {
    relaysAre(
      aRelay({ id: 'r2', name: 'second', priority: 200, enabled: false }),
      aRelay({ id: 'r1', name: 'first', priority: 1, day_quota: 1000, usage: { day: 900, month: 900 } }),
    );
    openApp('/relays');

    const items = within(await screen.findByRole('list', { name: 'Relays' })).getAllByRole('listitem');
    expect(items[0]).toHaveTextContent('first');
    expect(items[0]).toHaveTextContent('900 / 1,000');
    expect(items[1]).toHaveTextContent('Off');
  });

  it('say what serves the project while it has none', async () => {
    relaysAre();
    openApp('/relays');

    expect(await screen.findByText('The default relay serves this project')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Add a relay' })).toHaveAttribute('href', '/relays/new');
  });
});
