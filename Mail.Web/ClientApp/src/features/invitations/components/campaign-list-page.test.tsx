import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { aCampaign } from '@/testing/campaign-fixtures';
import { aPage } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

const campaignsAre = (...data: unknown[]) => {
  server.use(http.get('/api/campaigns', () => HttpResponse.json(aPage(data))));
};

const workAs = (role: string) => {
  server.use(
    http.get('/api/auth/session', () =>
      HttpResponse.json({
        user: { id: 'u1', email: 'somebody@example.com' },
        projects: [{ id: 'p1', name: 'Bakery', role }],
      }),
    ),
  );
};

describe('campaigns', () => {
  it('are listed and lead to their page', async () => {
    campaignsAre(aCampaign(), aCampaign({ id: 'c2', title: 'Miller' }));
    openApp('/campaigns');

    expect(await screen.findByRole('link', { name: 'Baker' })).toHaveAttribute('href', '/campaigns/c1');
    expect(screen.getByRole('link', { name: 'Miller' })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'New campaign' })).toHaveAttribute('href', '/campaigns/new');
  });

  it('turn their pages by the cursor, which stands in the address', async () => {
    const asked: (string | null)[] = [];
    server.use(
      http.get('/api/campaigns', ({ request }) => {
        asked.push(new URL(request.url).searchParams.get('after'));
        return HttpResponse.json(aPage([aCampaign()], asked.at(-1) === null));
      }),
    );
    const { user, address } = openApp('/campaigns');

    await user.click(await screen.findByRole('button', { name: 'Next' }));
    await screen.findByRole('button', { name: 'First page' });

    expect(address()).toBe('/campaigns?after=c1');
    expect(asked).toContain('c1');
  });

  it('say what they are for while there is none', async () => {
    campaignsAre();
    openApp('/campaigns');

    expect(await screen.findByText('No campaign yet')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'New campaign' })).toBeInTheDocument();
  });

  it('are not made by a viewer', async () => {
    workAs('viewer');
    campaignsAre(aCampaign());
    openApp('/campaigns');

    await screen.findByRole('link', { name: 'Baker' });
    expect(screen.queryByRole('link', { name: 'New campaign' })).not.toBeInTheDocument();
  });

  it('say what happened when they cannot be had', async () => {
    server.use(http.get('/api/campaigns', () => failure(403, 'restricted_api_key')));
    openApp('/campaigns', 'fr');

    expect(await screen.findByText('Vous n’avez pas accès à ceci')).toBeInTheDocument();
  });

  it('are made; what is wrong stands beside the field that the API names, and nothing typed is lost', async () => {
    const sent: unknown[] = [];
    server.use(
      http.post('/api/campaigns', async ({ request }) => {
        sent.push(await request.json());
        return sent.length === 1
          ? failure(422, 'validation_error', '`target_url` must be an absolute https address.')
          : HttpResponse.json(aCampaign(), { status: 201 });
      }),
      http.get('/api/campaigns/c1*', () => failure(404, 'not_found')),
    );
    const { user, address } = openApp('/campaigns/new');

    await user.type(await screen.findByLabelText(/^Position/), 'Baker');
    await user.type(screen.getByLabelText(/^Your page/), 'jobs.example.com');
    await user.type(screen.getByLabelText(/^Languages/), 'fr, en');
    await user.click(screen.getByRole('button', { name: 'Make the campaign' }));

    expect(await screen.findByText('`target_url` must be an absolute https address.')).toBeInTheDocument();
    expect(screen.getByLabelText(/^Your page/)).toBeInvalid();
    expect(screen.getByLabelText(/^Position/)).toHaveValue('Baker');

    await user.clear(screen.getByLabelText(/^Your page/));
    await user.type(screen.getByLabelText(/^Your page/), 'https://jobs.example.com/');
    await user.click(screen.getByRole('button', { name: 'Make the campaign' }));

    expect(await screen.findByText(/“Baker” is made/)).toBeInTheDocument();
    expect(address()).toBe('/campaigns/c1');
    expect(sent[1]).toMatchObject({
      title: 'Baker',
      target_url: 'https://jobs.example.com/',
      locales: ['fr', 'en'],
      expires_in_minutes: 10080,
      remind_before_minutes: 1440,
      may_restart: true,
    });
  });
});
