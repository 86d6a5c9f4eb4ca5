import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { aPage, aSession } from '@/testing/fixtures';
import {
  aConnection,
  aMailbox,
  aMailboxDomain,
  aMailboxStep,
  aProblem,
  made,
  mailboxKinds,
  mailboxStatistics,
  mailboxUsage,
} from '@/testing/mailbox-fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

const list = (...data: unknown[]) => ({ object: 'list', data });

const roleIs = (role: string) => {
  server.use(
    http.get('/api/auth/session', () =>
      HttpResponse.json({ ...aSession(), projects: [{ id: 'p1', name: 'Bakery', role }] }),
    ),
  );
};

function mailboxIs(mailbox: ReturnType<typeof aMailbox>, ...steps: ReturnType<typeof aMailboxStep>[]) {
  server.use(
    http.get('/api/mailboxes', () => HttpResponse.json(aPage([mailbox]))),
    http.get('/api/mailboxes/b1', () => HttpResponse.json(mailbox)),
    http.get('/api/mailboxes/b1/timeline', () => HttpResponse.json(list(...steps))),
    http.get('/api/mailbox-domains', () => HttpResponse.json(list(aMailboxDomain()))),
    http.get('/api/members', () => HttpResponse.json(aPage([{ id: 'u1', email: 'ada@example.org' }]))),
    http.get('/api/mailbox-users/me', () => HttpResponse.json({ default_domain: null })),
  );
}

describe('the mailboxes', () => {
  it('are listed with counts, provider, state and what they wait for', async () => {
    roleIs('viewer');
    mailboxIs(
      aMailbox({
        status: 'provisioning',
        waiting_for: {
          goal: 'active',
          step: 'created',
          reason: 'Too many requests.',
          next_attempt_at: '2030-01-01T00:00:00Z',
        },
        problem: aProblem(),
      }),
    );
    openApp('/mailboxes');

    const row = within(await screen.findByRole('list', { name: 'Mailboxes' })).getByRole('listitem');
    for (const words of [
      'sales@example.com',
      'This installation',
      '3 sent today',
      '41 this month',
      'Being made',
    ]) {
      expect(row).toHaveTextContent(words);
    }
    expect(row).toHaveTextContent('It waits: Too many requests.');
    expect(row).toHaveTextContent('Next try:');
    expect(screen.queryByRole('button', { name: 'Create the mailbox' })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /What to do/ })).not.toBeInTheDocument();
  });

  it('say what went wrong, and try again', async () => {
    roleIs('viewer');
    server.use(http.get('/api/mailboxes', () => failure(503, 'unavailable')));
    const { user } = openApp('/mailboxes');

    await user.click(await screen.findByRole('button', { name: 'Try again' }));

    expect(await screen.findByText('Something went wrong on the server')).toBeInTheDocument();
  });
});

describe('a mailbox', () => {
  it('shows its steps, hands over credentials when asked, and is deleted only after a warning', async () => {
    mailboxIs(
      aMailbox({ credentials_waiting: true, credentials_shown_at: null }),
      aMailboxStep(),
      aMailboxStep({
        what: 'issue_credentials',
        detail: { status: 'waits', code: 'provider_throttled', detail: 'Too many requests.' },
      }),
    );
    const deleted: string[] = [];
    server.use(
      http.post('/api/mailboxes/b1/credentials', () => HttpResponse.json(made())),
      http.delete('/api/mailboxes/b1', () => {
        deleted.push('b1');
        return HttpResponse.json(aMailbox({ status: 'deleting' }), { status: 202 });
      }),
    );
    const { user } = openApp('/mailboxes/b1');

    const steps = within(await screen.findByRole('list', { name: 'What has happened' })).getAllByRole(
      'listitem',
    );
    expect(steps[0]).toHaveTextContent('12 ms');
    expect(steps[1]).toHaveTextContent('Too many requests.');
    expect(screen.getByRole('link', { name: /Open the web inbox/ })).toHaveAttribute('href', '/webmail');
    expect(screen.queryByText('mk_live_secret')).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show them now' }));
    expect(await screen.findByText('mk_live_secret')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'What to do with sales@example.com' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Delete…' }));
    expect(await screen.findByText(/Nobody can undo this/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Delete the mailbox' }));

    expect(await screen.findByText('sales@example.com is being deleted.')).toBeInTheDocument();
    expect(deleted).toEqual(['b1']);
  });

  it('that its provider does not remove says why, and can be given up', async () => {
    mailboxIs(
      aMailbox({
        status: 'deleting',
        waiting_for: {
          goal: 'deleted',
          step: 'active',
          reason: 'The key was taken back.',
          next_attempt_at: '2030-01-01T00:00:00Z',
        },
        problem: aProblem({ message: 'The key was taken back.' }),
      }),
      aMailboxStep({
        what: 'delete',
        detail: { status: 'waits', code: 'login', detail: 'The key was taken back.' },
      }),
    );
    const given: string[] = [];
    server.use(
      http.post('/api/mailboxes/b1/give-up', () => {
        given.push('b1');
        return HttpResponse.json(aMailbox({ status: 'deleted' }));
      }),
    );
    const { user } = openApp('/mailboxes/b1');

    expect(await screen.findByText('The provider said: The key was taken back.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'What to do with sales@example.com' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Give up…' }));
    expect(await screen.findByText(/cost money until somebody removes it/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Give it up' }));

    expect(await screen.findByText(/is given up/)).toBeInTheDocument();
    expect(given).toEqual(['b1']);
  });

  it('gets new credentials, which are shown once', async () => {
    mailboxIs(aMailbox());
    server.use(http.post('/api/mailboxes/b1/rotate', () => HttpResponse.json(made())));
    const { user } = openApp('/mailboxes/b1');

    await user.click(await screen.findByRole('button', { name: 'What to do with sales@example.com' }));
    await user.click(await screen.findByRole('menuitem', { name: 'New credentials…' }));
    await user.click(await screen.findByRole('button', { name: 'Make new ones' }));

    expect(await screen.findByText('mk_live_secret')).toBeInTheDocument();
  });
});

describe('the providers', () => {
  it('are connected by what each asks for, checked, and a refusal stands at its field', async () => {
    const sent: unknown[] = [];
    server.use(
      http.get('/api/mailbox-connections/kinds', () => HttpResponse.json(mailboxKinds)),
      http.get('/api/mailbox-connections', () =>
        HttpResponse.json(
          list(
            aConnection({
              quota: {
                sent_today: 90,
                day_limit: 100,
                sent_this_month: null,
                month_limit: null,
                mailboxes: 3,
                mailbox_limit: null,
                used: 0.9,
                at: '2026-11-20T18:00:00Z',
              },
            }),
          ),
        ),
      ),
      http.get('/api/mailbox-domains', () => HttpResponse.json(list(aMailboxDomain()))),
      http.post('/api/mailbox-connections', async ({ request }) => {
        sent.push(await request.json());
        return failure(422, 'validation_error', '`settings.api_key` must be a key.');
      }),
      http.post('/api/mailbox-connections/c1/check', () =>
        HttpResponse.json({ object: 'mailbox_connection_check', ok: true, problem: null }),
      ),
    );
    const { user } = openApp('/mailboxes/providers');

    const connections = await screen.findByRole('list', { name: 'Connections' });
    expect(connections).toHaveTextContent('90 of 100');
    expect(connections).toHaveTextContent('80 % or more is used');
    await user.click(within(connections).getByRole('button', { name: 'Check' }));
    expect(await screen.findByText('All is well: the settings work.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Connect a provider' }));
    await user.selectOptions(await screen.findByLabelText('Provider'), 'sendgrid');
    await user.type(await screen.findByLabelText(/^API key/), 'nonsense');
    await user.click(screen.getByRole('button', { name: 'Connect it' }));

    expect((await screen.findAllByText(/must be a key/)).length).toBeGreaterThan(0);
    expect(screen.getByLabelText(/^API key/)).toHaveValue('nonsense');
    expect(sent).toEqual([{ kind: 'sendgrid', enabled: true, settings: { api_key: 'nonsense' } }]);
  });

  it('are for administrators', async () => {
    roleIs('developer');
    openApp('/mailboxes/providers');

    expect(await screen.findByText('For owners and administrators')).toBeInTheDocument();
  });
});

describe('the overview', () => {
  it('tells figures, providers and usage, and what the chart shows as a table', async () => {
    server.use(
      http.get('/api/mailboxes/statistics', () => HttpResponse.json(mailboxStatistics)),
      http.get('/api/mailboxes/usage', () => HttpResponse.json(mailboxUsage)),
      http.get('/api/mailbox-connections', () => HttpResponse.json(list())),
    );
    openApp('/mailboxes/overview');

    const figures = await screen.findByRole('region', { name: 'Figures' });
    expect(figures).toHaveTextContent('97.6%');
    expect(figures).toHaveTextContent('1 suspended, 0 on their way');
    expect(await screen.findByRole('row', { name: /Nov 20/, hidden: true })).toHaveTextContent('66.7%');
    expect(screen.getByRole('row', { name: /^This installation/ })).toHaveTextContent('2');
    expect(await screen.findByText('42')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Download CSV' })).toHaveAttribute(
      'href',
      expect.stringMatching(/\/api\/mailboxes\/usage\?month=\d{4}-\d\d&format=csv&project=p1/),
    );
  });
});

describe('the log', () => {
  it('tells every action with user, provider, outcome and error, filtered by the address', async () => {
    const asked: string[] = [];
    server.use(
      http.get('/api/members', () => HttpResponse.json(aPage([{ id: 'u1', email: 'ada@example.org' }]))),
      http.get('/api/mailboxes/log', ({ request }) => {
        asked.push(new URL(request.url).searchParams.get('status') ?? '');
        return HttpResponse.json(
          aPage([
            {
              id: '7',
              at: '2026-11-20T18:00:00Z',
              action: 'refused',
              how: 'api',
              by: 'member u1',
              ip: '127.0.0.1',
              mailbox_id: null,
              email: 'sales@example.com',
              user: 'ada',
              provider: 'ses',
              status: 'refused',
              error: 'name_taken',
              message: 'It is taken.',
              milliseconds: null,
            },
          ]),
        );
      }),
    );
    const { user, address } = openApp('/mailboxes/log');

    const line = within(await screen.findByRole('list', { name: 'Log of mailboxes' })).getByRole('listitem');
    expect(await screen.findByText(/ada@example\.org/)).toBeInTheDocument();
    for (const words of [
      'Creation refused',
      'Amazon SES',
      'ada@example.org',
      'for ada',
      'name_taken',
      'It is taken.',
    ]) {
      expect(line).toHaveTextContent(words);
    }
    await user.selectOptions(screen.getByLabelText('Outcome'), 'refused');

    expect(address()).toBe('/mailboxes/log?status=refused');
    await waitFor(() => {
      expect(asked.at(-1)).toBe('refused');
    });
  });
});
