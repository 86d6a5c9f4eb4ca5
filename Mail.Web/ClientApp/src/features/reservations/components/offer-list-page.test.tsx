import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { aPage } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { anOffer, aStatistics } from '@/testing/reservation-fixtures';
import { failure, server } from '@/testing/server';

const offersAre = (data: unknown[], asked: string[] = [], hasMore = false) => {
  server.use(
    http.get('/api/offers', ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json(aPage(data, hasMore));
    }),
  );
};

beforeEach(() => {
  server.use(http.get('/api/reservations/statistics', () => HttpResponse.json(aStatistics())));
});

describe('the trips', () => {
  it('are listed with what waits, beside the figures', async () => {
    offersAre([anOffer(), anOffer({ id: 'o2', state: 'cancelled', pending: 0 })]);
    openApp('/reservations');

    const list = within(await screen.findByRole('list', { name: 'Trips' }));
    expect(list.getAllByRole('link', { name: 'Lyon → Grenoble' })[0]).toHaveAttribute(
      'href',
      '/reservations/o1',
    );
    expect(list.getByText('1 request waits')).toBeInTheDocument();
    expect(list.getByText('Cancelled')).toBeInTheDocument();
    const figures = within(screen.getByRole('region', { name: 'Figures' }));
    expect(await figures.findByText('75%')).toBeInTheDocument();
    expect(figures.getByText('17')).toBeInTheDocument();
    expect(figures.getByText('Expired requests are ended in time.')).toBeInTheDocument();
  });

  it('say when nobody ends what has expired', async () => {
    offersAre([]);
    server.use(
      http.get('/api/reservations/statistics', () =>
        HttpResponse.json(aStatistics({ overdue: 2, acceptance_rate: null })),
      ),
    );
    openApp('/reservations');

    expect(await screen.findByText(/the worker does not run/)).toBeInTheDocument();
    expect(screen.getByText('No answer in 30 days')).toBeInTheDocument();
  });

  it('are filtered by driver and state in the address, half an address is not asked for', async () => {
    const asked: string[] = [];
    offersAre([anOffer()], asked);
    const { user, address } = openApp('/reservations?state=open');

    await user.type(await screen.findByRole('searchbox', { name: 'Driver' }), 'ines@');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(address()).toBe('/reservations?state=open');
    await user.type(screen.getByRole('searchbox', { name: 'Driver' }), 'example.com');

    await waitFor(() => {
      expect(asked.at(-1)).toBe('?limit=25&state=open&driver=ines%40example.com');
    });
    expect(address()).toContain('driver=ines%40example.com');
  });

  it('turn by pages', async () => {
    offersAre([anOffer()], [], true);
    const { user, address } = openApp('/reservations');

    await user.click(await screen.findByRole('button', { name: 'Older' }));

    await waitFor(() => {
      expect(address()).toBe('/reservations?after=o1');
    });
  });

  it('say when there are none, and when none matches', async () => {
    offersAre([]);
    const { user, address } = openApp('/reservations', 'fr');
    expect(await screen.findByText('Pas encore de trajet')).toBeInTheDocument();

    await user.click(screen.getByRole('combobox', { name: 'État' }));
    await user.click(await screen.findByRole('option', { name: 'Annulé' }));

    await user.click(await screen.findByRole('button', { name: 'Voir tous les trajets' }));
    await waitFor(() => {
      expect(address()).toBe('/reservations');
    });
  });

  it('say what went wrong, and are asked for again', async () => {
    server.use(http.get('/api/offers', () => failure(403, 'restricted_api_key')));
    const { user } = openApp('/reservations');
    const problem = await screen.findByRole('alert');
    offersAre([anOffer()]);

    await user.click(within(problem).getByRole('button', { name: 'Try again' }));

    expect(await screen.findByRole('link', { name: 'Lyon → Grenoble' })).toBeInTheDocument();
  });
});
