import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { aCampaign, aCandidate, anInvited } from '@/testing/campaign-fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

const page = '/campaigns/c1/candidates/k1';

const anEntry = (type: string, values: Record<string, unknown> = {}) => ({
  type,
  at: '2026-11-20T18:00:00Z',
  via: 'api',
  actor_id: null,
  ip: null,
  user_agent: null,
  email_id: null,
  detail: null,
  ...values,
});

const candidateIs = (candidate: object, ...timeline: unknown[]) => {
  server.use(http.get(`/api${page}`, () => HttpResponse.json({ ...candidate, timeline })));
};

async function choose(user: ReturnType<typeof openApp>['user'], name: string) {
  await user.click(await screen.findByRole('button', { name: 'Actions for ada@example.com' }));
  await user.click(await screen.findByRole('menuitem', { name }));
  return within(await screen.findByRole('dialog'));
}

beforeEach(() => {
  server.use(http.get('/api/campaigns/c1', () => HttpResponse.json(aCampaign())));
});

describe('a candidate', () => {
  it('shows what happened, with the mails', async () => {
    candidateIs(
      anInvited(),
      anEntry('added', { via: 'import' }),
      anEntry('queued', { email_id: 'm1' }),
      anEntry('something_new', { via: 'elsewhere', detail: 'Said by a newer API.' }),
    );
    openApp(page);

    const list = await screen.findByRole('list', { name: 'Timeline' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(3);
    expect(list).toHaveTextContent('Became a candidate');
    expect(list).toHaveTextContent('By a file');
    expect(list).toHaveTextContent('Said by a newer API.');
    expect(within(list).getByRole('link', { name: 'Mail' })).toHaveAttribute('href', '/messages/m1');
    expect(await screen.findByRole('link', { name: 'Baker' })).toHaveAttribute('href', '/campaigns/c1');
  });

  it('is invited after a question', async () => {
    candidateIs(aCandidate());
    let invited = 0;
    server.use(
      http.post(`/api${page}/invite`, () => {
        invited++;
        return invited === 1
          ? failure(429, 'invitation_rate_limited', 'The next mail may go in 40 seconds.')
          : HttpResponse.json(anInvited());
      }),
    );
    const { user } = openApp(page);

    const dialog = await choose(user, 'Invite');
    expect(invited).toBe(0);
    await user.click(dialog.getByRole('button', { name: 'Send the invitation' }));
    expect(await dialog.findByText('The next mail may go in 40 seconds.')).toBeInTheDocument();
    await user.click(dialog.getByRole('button', { name: 'Send the invitation' }));

    expect(await screen.findByText(/is on its way/)).toBeInTheDocument();
  });

  it('gets more time', async () => {
    candidateIs(anInvited());
    const sent: unknown[] = [];
    server.use(
      http.post(`/api${page}/extend`, async ({ request }) => {
        sent.push(await request.json());
        return sent.length === 1
          ? failure(422, 'validation_error', '`expires_at` must be at most 366 days ahead.')
          : HttpResponse.json(anInvited());
      }),
    );
    const { user } = openApp(page);

    const dialog = await choose(user, 'More time');
    await user.click(dialog.getByRole('button', { name: 'Give more time' }));
    await waitFor(() => {
      expect(dialog.getByLabelText('The link ends')).toBeInvalid();
    });
    await user.click(dialog.getByRole('button', { name: 'Give more time' }));

    expect(await screen.findByText(/The link works until/)).toBeInTheDocument();
    expect(sent[0]).toEqual({ expires_at: new Date('2099-01-08T12:00:00Z').toISOString() });
  });

  it('is revoked after a question, with a word to the candidate', async () => {
    candidateIs(anInvited());
    let sent: unknown;
    server.use(
      http.post(`/api${page}/revoke`, async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json(anInvited({ state: 'revoked' }));
      }),
    );
    const { user } = openApp(page);

    const dialog = await choose(user, 'Revoke');
    await user.type(dialog.getByLabelText('Why'), 'The place is taken.');
    await user.click(dialog.getByRole('button', { name: 'Revoke the invitation' }));

    expect(await screen.findByText('The invitation of ada@example.com is revoked.')).toBeInTheDocument();
    expect(sent).toEqual({ message: 'The place is taken.', notify: true });
  });

  it('is offered only what can be done', async () => {
    candidateIs(anInvited({ state: 'used' }));
    const { user } = openApp(page);

    await user.click(await screen.findByRole('button', { name: 'Actions for ada@example.com' }));

    expect(await screen.findByRole('menuitem', { name: 'Invite again' })).toBeDisabled();
    expect(screen.getByRole('menuitem', { name: 'More time' })).toBeDisabled();
    expect(screen.getByRole('menuitem', { name: 'Revoke' })).toBeEnabled();
  });

  it('that is not there says so', async () => {
    server.use(http.get(`/api${page}`, () => failure(404, 'not_found', 'Candidate not found')));
    openApp(page);

    expect(await screen.findByText('Not found')).toBeInTheDocument();
  });
});
