import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { aSessionAs } from '@/testing/access-fixtures';
import { aPage } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { aHistoryEntry, anOffer, aReservation, aTraveller } from '@/testing/reservation-fixtures';
import { failure, server } from '@/testing/server';

type Wire = Record<string, unknown>;

/** A trip as the API keeps it; what is sent to it is told. */
function tripIs(offer: Wire, reservations: Wire[]) {
  const sent: [path: string, body: unknown][] = [];
  const states: Record<string, string> = {
    accept: 'accepted',
    refuse: 'refused',
    remove: 'removed',
    cancel: 'cancelled',
  };
  server.use(
    http.get('/api/offers/o1', () => HttpResponse.json(offer)),
    http.get('/api/offers/o1/history', () => HttpResponse.json({ object: 'list', data: [aHistoryEntry()] })),
    http.get('/api/offers/o1/reservations', ({ request }) => {
      const state = new URL(request.url).searchParams.get('state');
      return HttpResponse.json(aPage(reservations.filter((one) => state === null || one.state === state)));
    }),
    http.post('/api/reservations/:id/:act', async ({ request, params }) => {
      sent.push([new URL(request.url).pathname, await request.json()]);
      const found = reservations.find((one) => one.id === params.id);
      if (found) found.state = states[String(params.act)];
      return HttpResponse.json(found);
    }),
    http.post('/api/offers/o1/cancel', async ({ request }) => {
      sent.push([new URL(request.url).pathname, await request.json()]);
      offer.state = 'cancelled';
      return HttpResponse.json(offer);
    }),
  );
  return sent;
}

const passenger = (id: string, name: string, at: string) =>
  aReservation({ id, state: 'accepted', passenger: aTraveller(name), pickup_at: at });

describe('a trip', () => {
  it('shows who is picked up when, in the order of the way and by the clock of the trip', async () => {
    tripIs(anOffer({ departure_at: '2100-12-05T07:30:00Z' }), [
      passenger('r3', 'Bea Second', '2100-12-05T07:52:00Z'),
      passenger('r2', 'Abe First', '2100-12-05T07:41:00Z'),
    ]);
    openApp('/reservations/o1');

    const rows = within(await screen.findByRole('list', { name: 'Passengers' })).getAllByRole('listitem');
    expect(rows[0]).toHaveTextContent(/Abe First.*Picked up at 8:41\sAM/);
    expect(rows[1]).toHaveTextContent(/Bea Second.*Picked up at 8:52\sAM/);
    expect(screen.getByText(/Arrival: Grenoble, 10:00\sAM/)).toBeInTheDocument();
    expect(screen.getByText('No request waits for an answer.')).toBeInTheDocument();
    expect(screen.getByText('2 of 3')).toBeInTheDocument();
  });

  it('takes a passenger along at once', async () => {
    const sent = tripIs(anOffer(), [aReservation()]);
    const { user } = openApp('/reservations/o1');

    await user.click(await screen.findByRole('button', { name: 'Accept Camille Martin' }));

    expect(await screen.findByText('Camille Martin rides along. Both are told by mail.')).toBeInTheDocument();
    expect(
      within(await screen.findByRole('list', { name: 'Passengers' })).getByText('Camille Martin'),
    ).toBeInTheDocument();
    await waitFor(() => {
      expect(screen.queryByRole('button', { name: 'Accept Camille Martin' })).not.toBeInTheDocument();
    });
    expect(sent).toEqual([['/api/reservations/r1/accept', {}]]);
  });

  it('says what stands in the way, also when the request is gone by then', async () => {
    const reservations = [aReservation()];
    tripIs(anOffer(), reservations);
    server.use(
      http.post('/api/reservations/r1/accept', () => {
        reservations.length = 0;
        return failure(409, 'already_cancelled');
      }),
    );
    const { user } = openApp('/reservations/o1');

    await user.click(await screen.findByRole('button', { name: 'Accept Camille Martin' }));

    expect(await screen.findByText('This is cancelled already.')).toBeInTheDocument();
    expect(await screen.findByText('No request waits for an answer.')).toBeInTheDocument();
  });

  it('does not offer seats that are not there, nor answers that come too late', async () => {
    tripIs(anOffer({ seats_left: 1 }), [
      aReservation({ seats: 2 }),
      aReservation({ id: 'r9', passenger: aTraveller('Late Larry'), expires_at: '2020-01-01T00:00:00Z' }),
    ]);
    openApp('/reservations/o1');

    expect(await screen.findByRole('button', { name: 'Accept Camille Martin' })).toBeDisabled();
    expect(screen.getByText('Only 1 seat is left.')).toBeInTheDocument();
    expect(screen.getByText('The time to answer is up.')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Accept Late Larry' })).not.toBeInTheDocument();
  });

  it('removes a passenger after a question, with words for the mail', async () => {
    const sent = tripIs(anOffer(), [passenger('r2', 'Abe First', '2100-12-05T07:41:00Z')]);
    const { user } = openApp('/reservations/o1', 'fr');

    await user.click(await screen.findByRole('button', { name: 'Retirer Abe First' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Retirer Abe First du trajet ?' }));
    await user.type(dialog.getByLabelText('Message'), 'La voiture est trop petite.');
    await user.click(dialog.getByRole('button', { name: 'Retirer le passager' }));

    expect(await screen.findByText('Abe First est retiré du trajet et en est averti.')).toBeInTheDocument();
    expect(sent).toEqual([['/api/reservations/r2/remove', { message: 'La voiture est trop petite.' }]]);
    expect(await screen.findByText('Retirée')).toBeInTheDocument();
  });

  it('is cancelled after a question, and not by leaving it', async () => {
    const sent = tripIs(anOffer(), [aReservation()]);
    const { user } = openApp('/reservations/o1');

    await user.click(await screen.findByRole('button', { name: 'Cancel the trip' }));
    await user.click(await screen.findByRole('button', { name: 'Leave it as it is' }));
    expect(sent).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Cancel the trip' }));
    await user.click(await screen.findByRole('button', { name: 'Cancel the trip for all' }));

    expect(await screen.findByText('The trip is cancelled.')).toBeInTheDocument();
    expect(sent).toEqual([['/api/offers/o1/cancel', {}]]);
    await waitFor(() => {
      expect(screen.queryByRole('button', { name: 'Cancel the trip' })).not.toBeInTheDocument();
    });
  });

  it('tells its history with the mails, and why one did not go', async () => {
    tripIs(anOffer(), [aReservation()]);
    openApp('/reservations/o1');

    expect(await screen.findByText('Seats asked for: Camille Martin')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'reservation-requested to the driver' })).toHaveAttribute(
      'href',
      '/messages/m1',
    );
    expect(
      screen.getByText(/request-sent to Camille Martin \(not sent: recipient_suppressed\)/),
    ).toBeInTheDocument();
  });

  it('is only looked at by a viewer', async () => {
    server.use(http.get('/api/auth/session', () => HttpResponse.json(aSessionAs('viewer'))));
    tripIs(anOffer(), [aReservation()]);
    openApp('/reservations/o1');

    expect(await screen.findByText('One suitcase.')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Accept Camille Martin' })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Cancel the trip' })).not.toBeInTheDocument();
  });

  it('says when there is none', async () => {
    server.use(http.get('/api/offers/o1', () => failure(404, 'not_found', 'Offer not found.')));
    openApp('/reservations/o1');

    expect(await screen.findByText('Not found')).toBeInTheDocument();
  });
});
