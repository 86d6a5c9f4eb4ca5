import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { aCampaign, aCandidate, anInviteRun, someMetrics } from '@/testing/campaign-fixtures';
import { aPage } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

let run: ReturnType<typeof anInviteRun>;

const candidatesAre = (data: unknown[], hasMore = false) => {
  server.use(http.get('/api/campaigns/c1/candidates', () => HttpResponse.json(aPage(data, hasMore))));
};

beforeEach(() => {
  run = anInviteRun();
  server.use(
    http.get('/api/campaigns/c1', () => HttpResponse.json(aCampaign())),
    http.get('/api/campaigns/c1/metrics', () => HttpResponse.json(someMetrics())),
    http.get('/api/campaigns/c1/invite', () => HttpResponse.json(run)),
  );
});

describe('inviting all', () => {
  it('says how many and whom, and invites after that alone', async () => {
    candidatesAre([aCandidate(), aCandidate({ id: 'k2', email: 'bob@example.com', name: null })]);
    let invited = 0;
    server.use(
      http.post('/api/campaigns/c1/invite', () => {
        invited++;
        run = anInviteRun({ state: 'running', total: 2, accepted: 1, remaining: 1 });
        return HttpResponse.json(run, { status: 202 });
      }),
    );
    const { user } = openApp('/campaigns/c1');

    await user.click(await screen.findByRole('button', { name: 'Invite all' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findByText(/2 candidates of “Baker” get a mail/)).toBeInTheDocument();
    expect(dialog.getByText('Ada (ada@example.com)')).toBeInTheDocument();
    expect(dialog.getByText('bob@example.com')).toBeInTheDocument();
    expect(invited).toBe(0);
    await user.click(dialog.getByRole('button', { name: 'Invite 2 candidates' }));

    expect(await screen.findByText('1 of 2 invited')).toBeInTheDocument();
    expect(screen.getByRole('progressbar', { name: 'Candidates invited' })).toHaveAttribute(
      'aria-valuenow',
      '50',
    );
    expect(screen.getByRole('button', { name: 'Invite all' })).toBeDisabled();
    run = anInviteRun({
      state: 'finished',
      finished_at: '2026-11-20T18:00:00Z',
      total: 2,
      accepted: 1,
      refused: 1,
    });
    expect(
      await screen.findByText(/1 candidate was invited · 1 could not be written to/),
    ).toBeInTheDocument();
    expect(invited).toBe(1);
  });

  it('counts by the campaign where a page does not reach', async () => {
    candidatesAre(
      Array.from({ length: 100 }, (_, i) =>
        aCandidate({ id: `k${i}`, email: `${i}@example.com`, name: null }),
      ),
      true,
    );
    server.use(http.get('/api/campaigns/c1', () => HttpResponse.json(aCampaign({ not_invited: 9750 }))));
    const { user } = openApp('/campaigns/c1');

    await user.click(await screen.findByRole('button', { name: 'Invite all' }));

    expect(await screen.findByText(/^9750 candidates of/)).toBeInTheDocument();
    expect(screen.getByText('and 9745 others')).toBeInTheDocument();
  });

  it('is not offered when nobody is left', async () => {
    candidatesAre([]);
    const { user } = openApp('/campaigns/c1');

    await user.click(await screen.findByRole('button', { name: 'Invite all' }));
    const dialog = within(await screen.findByRole('dialog'));

    expect(await dialog.findByText(/Nobody is left/)).toBeInTheDocument();
    expect(dialog.getByRole('button', { name: 'Invite all' })).toBeDisabled();
  });

  it('says why it was refused', async () => {
    candidatesAre([aCandidate()]);
    server.use(
      http.post('/api/campaigns/c1/invite', () =>
        failure(409, 'invite_under_way', 'Being invited just now.'),
      ),
    );
    const { user } = openApp('/campaigns/c1');

    await user.click(await screen.findByRole('button', { name: 'Invite all' }));
    await user.click(await screen.findByRole('button', { name: 'Invite 1 candidate' }));

    expect(await screen.findByText('Being invited just now.')).toBeInTheDocument();
  });
});
