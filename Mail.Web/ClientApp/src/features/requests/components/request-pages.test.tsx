import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { aSessionAs } from '@/testing/access-fixtures';
import { aPage } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { aHistoryLine, aRequest } from '@/testing/request-fixtures';
import { failure, server } from '@/testing/server';

const decided = {
  state: 'decided',
  decision: {
    choice: 'yes',
    label: 'Approve',
    comment: 'By train, please.',
    at: '2026-11-21T09:00:00Z',
    ip: null,
    user_agent: null,
  },
};

describe('requests', () => {
  it('are listed by state', async () => {
    server.use(
      http.get('/api/requests', ({ request }) => {
        const state = new URL(request.url).searchParams.get('state');
        return HttpResponse.json(
          aPage(state === null ? [aRequest(), aRequest({ id: 'q2', ...decided })] : []),
        );
      }),
    );
    const { user, address } = openApp('/requests');

    const list = within(await screen.findByRole('list', { name: 'Requests' }));
    expect(list.getAllByRole('link', { name: 'Travel to Berlin' })[0]).toHaveAttribute(
      'href',
      '/requests/q1',
    );
    expect(list.getByText('Approve')).toBeInTheDocument();
    await user.click(screen.getByRole('radio', { name: 'Expired' }));
    await user.click(await screen.findByRole('button', { name: 'Show all requests' }));

    await waitFor(() => {
      expect(address()).toBe('/requests');
    });
  });

  it('say when there are none, and what went wrong', async () => {
    server.use(http.get('/api/requests', () => failure(403, 'restricted_api_key')));
    const { user } = openApp('/requests', 'fr');
    const problem = await screen.findByRole('alert');
    server.use(http.get('/api/requests', () => HttpResponse.json(aPage([]))));

    await user.click(within(problem).getByRole('button', { name: 'Réessayer' }));

    expect(await screen.findByText('Pas encore de demande')).toBeInTheDocument();
  });

  it('show the decision, and the mails of their history', async () => {
    server.use(
      http.get('/api/requests/q1', () =>
        HttpResponse.json(aRequest({ ...decided, history: [aHistoryLine()] })),
      ),
    );
    openApp('/requests/q1');

    expect(await screen.findByText('By train, please.')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Message' })).toHaveAttribute('href', '/messages/m1');
    expect(screen.queryByRole('button', { name: 'Take it back' })).not.toBeInTheDocument();
  });

  it('are mailed again, and taken back after a question', async () => {
    let now = aRequest({ history: [aHistoryLine()] });
    const sent: string[] = [];
    server.use(
      http.get('/api/requests/q1', () => HttpResponse.json(now)),
      http.post('/api/requests/q1/:act', ({ params }) => {
        sent.push(String(params.act));
        if (sent.length === 1) return failure(429, 'too_many_resends', 'Less than a minute ago.');
        if (params.act === 'cancel') now = aRequest({ state: 'canceled', history: [] });
        return HttpResponse.json(now);
      }),
    );
    const { user } = openApp('/requests/q1');

    await user.click(await screen.findByRole('button', { name: 'Mail it again' }));
    expect(await screen.findByText('Less than a minute ago.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Mail it again' }));
    expect(await screen.findByText('The request is mailed again.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Take it back' }));
    await user.click(await screen.findByRole('button', { name: 'Take the request back' }));

    expect(await screen.findByText('The request is taken back.')).toBeInTheDocument();
    expect(sent).toEqual(['resend', 'resend', 'cancel']);
    await waitFor(() => {
      expect(screen.queryByRole('button', { name: 'Take it back' })).not.toBeInTheDocument();
    });
  });

  it('are only looked at by a viewer', async () => {
    server.use(
      http.get('/api/auth/session', () => HttpResponse.json(aSessionAs('viewer'))),
      http.get('/api/requests/q1', () => HttpResponse.json(aRequest({ history: [] }))),
    );
    openApp('/requests/q1');

    expect(await screen.findByText('Nobody has decided.')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Mail it again' })).not.toBeInTheDocument();
  });
});
