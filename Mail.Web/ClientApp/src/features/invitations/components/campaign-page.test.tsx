import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { aCampaign, aCandidate, anInvited, anInviteRun, someMetrics } from '@/testing/campaign-fixtures';
import { aPage } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

let asked: URL[] = [];

function candidatesAre(data: unknown[], hasMore = false) {
  server.use(
    http.get('/api/campaigns/c1/candidates', ({ request }) => {
      asked.push(new URL(request.url));
      return HttpResponse.json(aPage(data, hasMore));
    }),
  );
}

beforeEach(() => {
  asked = [];
  server.use(
    http.get('/api/campaigns/c1', () => HttpResponse.json(aCampaign())),
    http.get('/api/campaigns/c1/metrics', () => HttpResponse.json(someMetrics())),
    http.get('/api/campaigns/c1/invite', () => HttpResponse.json(anInviteRun())),
  );
});

describe('a campaign', () => {
  it('shows its metrics and its candidates, and exports them', async () => {
    candidatesAre([
      anInvited(),
      aCandidate({ id: 'k2', email: 'bob@example.com', note: '550 no such user' }),
    ]);
    openApp('/campaigns/c1');

    const [first, second] = within(
      await screen.findByRole('list', { name: /Candidates, the newest/ }),
    ).getAllByRole('listitem');
    expect(first).toHaveTextContent('ada@example.com');
    expect(first).toHaveTextContent('Sent');
    expect(second).toHaveTextContent('Not invited');
    expect(second).toHaveTextContent('550 no such user');
    expect(await screen.findByText('50%')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'ada@example.com' })).toHaveAttribute(
      'href',
      '/campaigns/c1/candidates/k1',
    );
    expect(screen.getByRole('link', { name: 'Export' })).toHaveAttribute(
      'href',
      '/api/campaigns/c1/candidates/export?project=p1',
    );
  });

  it('asks for candidates as the address says, page by page', async () => {
    candidatesAre([anInvited()], true);
    const { user, address } = openApp('/campaigns/c1?state=sent');

    await user.type(await screen.findByRole('searchbox', { name: 'Address' }), 'ada');
    await waitFor(() => {
      expect(asked.at(-1)?.search).toContain('email=ada');
    });
    expect(asked.at(-1)?.searchParams.get('state')).toBe('sent');
    await user.click(await screen.findByRole('button', { name: 'Next' }));

    await waitFor(() => {
      expect(asked.at(-1)?.searchParams.get('after')).toBe('k1');
    });
    expect(address()).toContain('email=ada');
    expect(address()).toContain('after=k1');
  });

  it('says so when there is no candidate, and when none fits', async () => {
    candidatesAre([]);
    const { user } = openApp('/campaigns/c1');
    expect(await screen.findByText('No candidate yet')).toBeInTheDocument();

    await user.type(screen.getByRole('searchbox', { name: 'Address' }), 'zoe');
    expect(await screen.findByText('Nothing matches')).toBeInTheDocument();
  });

  it('says what happened when it is not there', async () => {
    candidatesAre([]);
    server.use(http.get('/api/campaigns/c1', () => failure(404, 'not_found', 'Campaign not found')));
    openApp('/campaigns/c1');

    expect(await screen.findByText('Not found')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Invite all' })).not.toBeInTheDocument();
  });

  it('takes one more candidate, and says which field is wrong', async () => {
    candidatesAre([]);
    const sent: unknown[] = [];
    server.use(
      http.post('/api/campaigns/c1/candidates', async ({ request }) => {
        sent.push(await request.json());
        return sent.length === 1
          ? failure(409, 'application_exists', '`application_id` has a candidate already.')
          : HttpResponse.json(aCandidate(), { status: 201 });
      }),
    );
    const { user } = openApp('/campaigns/c1');

    await user.click(await screen.findByRole('button', { name: 'Add a candidate' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText(/^Application/), 'A-1');
    await user.type(dialog.getByLabelText(/^Email address/), 'ada@example.com');
    await user.click(dialog.getByRole('button', { name: 'Add the candidate' }));
    expect(await dialog.findByText('`application_id` has a candidate already.')).toBeInTheDocument();
    expect(dialog.getByLabelText(/^Application/)).toBeInvalid();
    await user.click(dialog.getByRole('button', { name: 'Add the candidate' }));

    expect(await screen.findByText(/ada@example.com is a candidate/)).toBeInTheDocument();
    expect(sent[1]).toEqual({ application_id: 'A-1', email: 'ada@example.com' });
  });

  it('lets a viewer see and change nothing', async () => {
    candidatesAre([anInvited()]);
    server.use(
      http.get('/api/auth/session', () =>
        HttpResponse.json({
          user: { id: 'u1', email: 'viewer@example.com' },
          projects: [{ id: 'p1', name: 'Bakery', role: 'viewer' }],
        }),
      ),
    );
    openApp('/campaigns/c1');

    await screen.findByRole('link', { name: 'ada@example.com' });
    expect(screen.getByRole('link', { name: 'Export' })).toBeInTheDocument();
    for (const name of ['Import', 'Add a candidate', 'Invite all', /^Actions for/])
      expect(screen.queryByRole('button', { name })).not.toBeInTheDocument();
  });
});
