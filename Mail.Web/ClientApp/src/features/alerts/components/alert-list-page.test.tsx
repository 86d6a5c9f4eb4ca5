import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { anAlert, anAlertList } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

function alertsAre(...data: ReturnType<typeof anAlert>[]) {
  const asked: Request[] = [];
  server.use(
    http.get('/api/alerts', ({ request }) => {
      asked.push(request);
      return HttpResponse.json(anAlertList(data));
    }),
  );
  return asked;
}

describe('alerts', () => {
  it('stand on every page until somebody knows of them', async () => {
    const shown = anAlert();
    alertsAre(shown);
    server.use(
      http.post('/api/alerts/al1/acknowledge', () => {
        Object.assign(shown, { acknowledged_at: '2026-11-20T18:10:00Z' });
        return HttpResponse.json(shown);
      }),
    );
    const { user } = openApp('/alerts');

    expect(await screen.findByRole('link', { name: /main-relay.*Show/ })).toBeInTheDocument();
    const item = within(await screen.findByRole('article', { name: shown.title }));
    expect(item.getByText('Check host and port.')).toBeInTheDocument();
    expect(item.getByText('Not yet')).toBeInTheDocument();
    await user.click(item.getByRole('button', { name: 'I know about it' }));

    expect(await item.findByText('Acknowledged')).toBeInTheDocument();
    await waitFor(() => {
      expect(screen.queryByRole('link', { name: /main-relay.*Show/ })).not.toBeInTheDocument();
    });
  });

  it('say so when nothing is wrong, and what is over stands below', async () => {
    alertsAre(anAlert({ open: false, resolved_at: '2026-11-20T19:00:00Z', title: 'It works again' }));
    openApp('/alerts');

    expect(await screen.findByText('Nothing is wrong')).toBeInTheDocument();
    expect(
      within(screen.getByRole('region', { name: 'Over' })).getByText('It works again'),
    ).toBeInTheDocument();
  });

  it('are asked for in the language of the console', async () => {
    const asked = alertsAre();
    openApp('/alerts', 'fr');

    expect(await screen.findByText('Tout va bien')).toBeInTheDocument();
    expect(asked[0]?.headers.get('Accept-Language')).toBe('fr');
  });

  it('tell why one could not be acknowledged', async () => {
    alertsAre(anAlert());
    server.use(
      http.post('/api/alerts/al1/acknowledge', () => failure(401, 'restricted_api_key', 'Not your role.')),
    );
    const { user } = openApp('/alerts');

    await user.click(await screen.findByRole('button', { name: 'I know about it' }));

    expect(await screen.findByText(/Not your role\./)).toBeInTheDocument();
  });
});
