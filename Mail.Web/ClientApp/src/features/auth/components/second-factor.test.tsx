import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { aPage, aSession, aSummary } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

const challenge = { status: 'two_factor_required', expires_at: '2026-11-21T10:05:00Z' };

function anAccountWithTwoSteps(answer: () => Response) {
  const sent: unknown[] = [];
  server.use(
    http.get('/api/auth/session', () => failure(401, 'missing_session')),
    http.post('/api/auth/sign-in', () => HttpResponse.json(challenge, { status: 202 })),
    http.post('/api/auth/two-factor', async ({ request }) => {
      sent.push(await request.json());
      return answer();
    }),
    http.get('/api/emails', () => HttpResponse.json(aPage([aSummary()]))),
  );
  return sent;
}

async function enterPassword(user: ReturnType<typeof openApp>['user']) {
  await user.type(await screen.findByLabelText('Email address'), 'owner@example.com');
  await user.type(screen.getByLabelText('Password'), 'correct horse');
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  await screen.findByRole('heading', { name: 'Second step' });
}

describe('the second step of signing in', () => {
  it('asks for a code of the app and opens the page that was wanted', async () => {
    const sent = anAccountWithTwoSteps(() => HttpResponse.json(aSession()));
    const { user, address } = openApp('/messages?status=sent');

    await enterPassword(user);
    await user.type(screen.getByLabelText('Code'), '123456');
    await user.click(screen.getByRole('button', { name: 'Sign in' }));

    expect(await screen.findByRole('link', { name: 'Reset your password' })).toBeInTheDocument();
    expect(address()).toBe('/messages?status=sent');
    expect(sent).toEqual([{ code: '123456' }]);
  });

  it('takes a recovery code when the phone is lost', async () => {
    const sent = anAccountWithTwoSteps(() => HttpResponse.json(aSession()));
    const { user } = openApp('/sign-in?next=%2Fmessages');

    await enterPassword(user);
    await user.click(screen.getByRole('button', { name: 'Use a recovery code' }));
    await user.type(screen.getByLabelText('Recovery code'), 'abcde-fghjk');
    await user.click(screen.getByRole('button', { name: 'Sign in' }));

    expect(await screen.findByRole('link', { name: 'Reset your password' })).toBeInTheDocument();
    expect(sent).toEqual([{ recovery_code: 'abcde-fghjk' }]);
  });

  it('says that a code is wrong, and begins again when the time is over', async () => {
    let name = 'invalid_code';
    anAccountWithTwoSteps(() => failure(401, name));
    const { user } = openApp('/sign-in');

    await enterPassword(user);
    await user.type(screen.getByLabelText('Code'), '111111');
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('This code is wrong');

    name = 'two_factor_expired';
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByText(/Start again\.$/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Start again' }));
    expect(await screen.findByLabelText('Password')).toBeInTheDocument();
  });
});

describe('a forgotten password', () => {
  it('is replaced with the code of a mail', async () => {
    const sent: unknown[] = [];
    server.use(
      http.get('/api/auth/session', () => failure(401, 'missing_session')),
      http.post('/api/auth/password-reset/request', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json({ message: 'If' }, { status: 202 });
      }),
      http.post('/api/auth/password-reset/confirm', async ({ request }) => {
        sent.push(await request.json());
        return sent.length === 2 ? failure(422, 'invalid_code') : new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = openApp('/forgot-password?reason=secured');
    expect(await screen.findByText(/Your account is secured/)).toBeInTheDocument();

    await user.type(screen.getByLabelText('Email address'), ' ada@example.com ');
    await user.click(screen.getByRole('button', { name: 'Mail a code' }));
    expect(await screen.findByText(/If ada@example.com has an account/)).toBeInTheDocument();
    await user.type(screen.getByLabelText('Code from the mail'), '123 456');
    await user.type(screen.getByLabelText('New password'), 'a long enough secret');
    await user.click(screen.getByRole('button', { name: 'Set the new password' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('This code is wrong, used or too old.');
    await user.click(screen.getByRole('button', { name: 'Set the new password' }));

    expect(await screen.findByRole('heading', { name: 'Your password is changed' })).toBeInTheDocument();
    expect(sent.slice(0, 2)).toEqual([
      { email: 'ada@example.com' },
      { email: 'ada@example.com', code: '123456', new_password: 'a long enough secret' },
    ]);
  });
});

describe('an invitation', () => {
  const open = {
    project: 'Bakery',
    email: 'ada@example.com',
    role: 'developer',
    invited_by: 'owner@example.com',
    expires_at: '2026-11-28T10:00:00Z',
    has_account: false,
    signed_in_as: null as string | null,
  };

  it('opens an account, and is looked at without being used', async () => {
    const sent: unknown[] = [];
    server.use(
      http.get('/api/auth/session', () => failure(401, 'missing_session')),
      http.post('/api/invitations/look', () => HttpResponse.json(open)),
      http.post('/api/invitations/accept', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json(aSession());
      }),
      http.get('/api/emails', () => HttpResponse.json(aPage([aSummary()]))),
    );
    const { user } = openApp('/invitation#the-token');
    expect(await screen.findByText(/owner@example.com invites you to work on “Bakery”/)).toBeInTheDocument();
    expect(sent).toHaveLength(0);

    await user.type(screen.getByLabelText('Your name'), 'Ada');
    await user.type(screen.getByLabelText('Password'), 'a long enough secret');
    await user.click(screen.getByRole('button', { name: 'Open my account' }));

    expect(await screen.findByRole('heading', { level: 1, name: 'Overview' })).toBeInTheDocument();
    expect(sent).toEqual([
      { token: 'the-token', name: 'Ada', password: 'a long enough secret', locale: 'en' },
    ]);
  });

  it.each([
    ['invitation_used', 409, 'This invitation was accepted'],
    ['invitation_revoked', 409, 'This invitation was taken back'],
    ['invitation_expired', 409, 'This invitation is over'],
    ['not_found', 404, 'This invitation is not known'],
  ])('that is over says so (%s)', async (name, status, title) => {
    server.use(http.post('/api/invitations/look', () => failure(status, name)));

    openApp('/invitation#the-token');

    expect(await screen.findByRole('heading', { name: title })).toBeInTheDocument();
  });

  it('for another account asks to sign out first', async () => {
    server.use(
      http.post('/api/invitations/look', () =>
        HttpResponse.json({ ...open, has_account: true, signed_in_as: 'owner@example.com' }),
      ),
    );

    openApp('/invitation#the-token');

    expect(await screen.findByText(/you are signed in as owner@example.com/)).toBeInTheDocument();
  });
});

describe('a project that asks for two steps', () => {
  it('shows nothing but the way there', async () => {
    server.use(
      http.get('/api/auth/session', () =>
        HttpResponse.json({
          user: { id: 'u1', email: 'owner@example.com', name: null, two_factor: false },
          projects: [{ id: 'p1', name: 'Bakery', role: 'developer', requires_two_factor: true }],
        }),
      ),
    );

    openApp('/messages');

    expect(await screen.findByRole('link', { name: 'Turn it on' })).toHaveAttribute('href', '/account');
  });
});
