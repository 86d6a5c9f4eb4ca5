import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { aPage, aSession } from '@/testing/fixtures';
import { aMailbox, aMailboxDomain, aProblem, made } from '@/testing/mailbox-fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

const list = (...data: unknown[]) => ({ object: 'list', data });

/** A project that makes mailboxes; `taken` names are taken. */
function mailboxesAre({ twoFactor = true, domains = [aMailboxDomain()] } = {}) {
  const asked: string[] = [];
  const session = aSession();
  server.use(
    http.get('/api/auth/session', () =>
      HttpResponse.json({ ...session, user: { ...session.user, two_factor: twoFactor } }),
    ),
    http.get('/api/mailboxes', () => HttpResponse.json(aPage([]))),
    http.get('/api/mailbox-domains', () => HttpResponse.json(list(...domains))),
    http.get('/api/mailbox-users/me', () =>
      HttpResponse.json({ object: 'mailbox_user', user: 'user:u1', default_domain: null }),
    ),
    http.post('/api/mailboxes/check', async ({ request }) => {
      const { username, domain } = (await request.json()) as { username: string; domain: string };
      asked.push(username);
      if (username.includes('é')) {
        return failure(422, 'validation_error', '`username` holds é (U+00E9). Do you mean `jose`?');
      }
      const isFree = username !== 'taken';
      return HttpResponse.json({
        available: isFree,
        email: `${username}@${domain}`,
        suggestions: isFree ? [] : ['taken2', 'taken3', 'taken4', 'taken5', 'taken6'],
      });
    }),
  );
  return asked;
}

function mailboxBecomes(...states: ReturnType<typeof aMailbox>[]) {
  let at = 0;
  server.use(
    http.get('/api/mailboxes/b1', () => {
      const now = states[Math.min(at, states.length - 1)];
      at += 1;
      return HttpResponse.json(now);
    }),
    http.post('/api/mailboxes/b1/credentials', () => HttpResponse.json(made())),
  );
}

const onItsWay = (step: string) =>
  aMailbox({
    status: 'provisioning',
    waiting_for: { goal: 'active', step, reason: null, next_attempt_at: null },
  });

const begun = made({
  success: false,
  credentials: null,
  webmail: null,
  status: 'provisioning',
  waiting_for: { goal: 'active', step: 'reserved', reason: null, next_attempt_at: null },
});

describe('a new mailbox', () => {
  it('is checked while it is typed, made by one click, and hands over its credentials once', async () => {
    const asked = mailboxesAre();
    mailboxBecomes(onItsWay('created'), aMailbox({ credentials_waiting: true }));
    const wishes: unknown[] = [];
    const headers: (string | null)[] = [];
    server.use(
      http.post('/api/mailboxes', async ({ request }) => {
        wishes.push(await request.json());
        headers.push(request.headers.get('Prefer'), request.headers.get('Idempotency-Key'));
        return HttpResponse.json(begun, { status: 202 });
      }),
    );
    const { user } = openApp('/mailboxes');

    await user.type(await screen.findByLabelText('Name'), 'sales');
    expect(await screen.findByText('sales@example.com is free')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Create the mailbox' }));

    const steps = within(await screen.findByRole('list', { name: 'Steps' })).getAllByRole('listitem');
    expect(steps).toHaveLength(5);
    const credentials = await screen.findByLabelText('Credentials');
    for (const value of ['mail.example.com', '2587', 'sales@example.com', 'mk_live_secret']) {
      expect(within(credentials).getByText(value)).toBeInTheDocument();
    }
    expect(screen.getByRole('button', { name: 'Copy everything as text' })).toBeInTheDocument();
    expect(wishes).toEqual([{ username: 'sales', domain: 'example.com' }]);
    expect(headers[0]).toBe('respond-async');
    expect(headers[1]).toMatch(/^[0-9a-f]{32}$/);
    expect(asked.length).toBeLessThan(5); // not one question for each key
  });

  it('takes one of the free names by one click when the name is taken', async () => {
    mailboxesAre();
    const { user } = openApp('/mailboxes');

    const name = await screen.findByLabelText('Name');
    await user.type(name, 'taken');
    expect(await screen.findByText('taken@example.com is taken')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'taken3' }));

    expect(name).toHaveValue('taken3');
    expect(await screen.findByText('taken3@example.com is free')).toBeInTheDocument();
  });

  it('says in the words of the API what is wrong with a name', async () => {
    mailboxesAre();
    const { user } = openApp('/mailboxes');

    await user.type(await screen.findByLabelText('Name'), 'josé');

    expect(await screen.findByText('jose')).toBeInTheDocument();
    expect(screen.getByLabelText('Name')).toHaveValue('josé');
  });

  it('asks for a fresh second factor in place and goes on with what was typed', async () => {
    mailboxesAre();
    mailboxBecomes(aMailbox({ credentials_waiting: true }));
    const keys: (string | null)[] = [];
    const codes: unknown[] = [];
    server.use(
      http.post('/api/mailboxes', ({ request }) => {
        keys.push(request.headers.get('Idempotency-Key'));
        return keys.length === 1
          ? failure(403, 'two_factor_not_fresh')
          : HttpResponse.json(begun, { status: 202 });
      }),
      http.post('/api/auth/two-factor/confirm', async ({ request }) => {
        codes.push(await request.json());
        return codes.length === 1 ? failure(422, 'invalid_code') : new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = openApp('/mailboxes');

    await user.type(await screen.findByLabelText('Name'), 'sales');
    await user.click(screen.getByRole('button', { name: 'Create the mailbox' }));
    const code = await screen.findByLabelText('Code of your app, or a recovery code');
    await user.type(code, '111 111');
    await user.click(screen.getByRole('button', { name: 'Confirm and go on' }));
    expect(await screen.findByText(/This code is not right/)).toBeInTheDocument();
    expect(screen.getByLabelText('Name')).toHaveValue('sales');
    await user.clear(code);
    await user.type(code, '222222{Enter}');

    expect(await screen.findByLabelText('Credentials')).toBeInTheDocument();
    expect(codes).toEqual([{ code: '111111' }, { code: '222222' }]);
    expect(keys[1]).toBe(keys[0]);
  });

  it('says before anything is typed what somebody without a second factor has to do', async () => {
    mailboxesAre({ twoFactor: false });
    openApp('/mailboxes', 'fr');

    expect(await screen.findByText('Il vous faut la connexion en deux étapes')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'L’activer dans votre compte' })).toHaveAttribute(
      'href',
      '/account',
    );
  });

  it('says why it could not be made and keeps what was typed', async () => {
    mailboxesAre();
    mailboxBecomes(
      aMailbox({
        status: 'failed',
        problem: aProblem({ message: 'No licence is left.', remedy: 'Buy one.', will_retry: false }),
      }),
    );
    server.use(http.post('/api/mailboxes', () => HttpResponse.json(begun, { status: 202 })));
    const { user } = openApp('/mailboxes');

    await user.type(await screen.findByLabelText('Name'), 'sales');
    await user.click(screen.getByRole('button', { name: 'Create the mailbox' }));
    expect(await screen.findByText('No licence is left.')).toBeInTheDocument();
    expect(screen.getByText('Buy one.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Change and try again' }));

    expect(await screen.findByLabelText('Name')).toHaveValue('sales');
  });

  it('is not asked for before there is a domain', async () => {
    mailboxesAre({ domains: [] });
    openApp('/mailboxes');

    expect(await screen.findByRole('link', { name: 'Set it up' })).toHaveAttribute(
      'href',
      '/mailboxes/providers',
    );
    await waitFor(() => {
      expect(screen.queryByLabelText('Name')).not.toBeInTheDocument();
    });
  });
});
