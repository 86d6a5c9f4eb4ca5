import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { openApp } from '@/testing/open-app';
import { aSystem } from '@/testing/operations-fixtures';
import { failure, server } from '@/testing/server';

describe('the system', () => {
  it('says that all is well, and how it does', async () => {
    server.use(http.get('/api/system', () => HttpResponse.json(aSystem())));
    openApp('/system');

    expect(await screen.findByText('All is well.')).toBeInTheDocument();
    expect(within(screen.getByRole('list', { name: 'Workers' })).getByRole('listitem')).toHaveTextContent(
      'worker-a',
    );
    expect(within(screen.getByRole('region', { name: 'Database' })).getByText('43 MB')).toBeInTheDocument();
    expect(screen.getByRole('row', { name: /Critical mail/ })).toHaveTextContent('3');
  });

  it('says what is wrong and where to go', async () => {
    const problems = [
      {
        area: 'queue',
        severity: 'serious',
        code: 'queue_old',
        title: 'The queue is old.',
        remedy: 'Look at the relays.',
      },
      { area: 'bus', severity: 'notice', code: 'dead_letters', title: '2 are dead.', remedy: 'Look.' },
    ];
    server.use(http.get('/api/system', () => HttpResponse.json(aSystem({ status: 'serious', problems }))));
    openApp('/system');

    const items = within(await screen.findByRole('list', { name: 'What is wrong' })).getAllByRole('listitem');
    expect(items[0]).toHaveTextContent('The queue is old.');
    expect(items[0]).toHaveTextContent('Serious');
    expect(screen.getByRole('link', { name: 'Open the dead letters' })).toHaveAttribute(
      'href',
      '/dead-letters',
    );
  });

  it('shows a project its own queues and no hosts', async () => {
    server.use(
      http.get('/api/system', () =>
        HttpResponse.json(aSystem({ scope: 'project', database: null, cache: null, workers: [] })),
      ),
    );
    openApp('/system');

    expect(await screen.findByText(/You see the queues of this project/)).toBeInTheDocument();
    expect(screen.queryByRole('region', { name: 'Database' })).not.toBeInTheDocument();
  });

  it('says so while the database is away', async () => {
    server.use(http.get('/api/system', () => failure(503, 'service_unavailable', 'The database is away.')));
    openApp('/system');

    expect(await screen.findByText(/The database cannot be reached/)).toBeInTheDocument();
  });
});
