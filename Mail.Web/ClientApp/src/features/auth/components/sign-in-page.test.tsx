import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { aPage, aSession, aSummary } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

function signedOut() {
  server.use(http.get('/api/auth/session', () => failure(401, 'missing_session')));
}

/** Keeps what the form sends; whoever has signed in has a session and a message. */
function signInAnswers(answer: () => Response) {
  const sent: { body: unknown; csrf: string | null }[] = [];
  server.use(
    http.post('/api/auth/sign-in', async ({ request }) => {
      sent.push({ body: await request.json(), csrf: request.headers.get('X-Mail-Console') });
      return answer();
    }),
    http.get('/api/emails', () => HttpResponse.json(aPage([aSummary()]))),
  );
  return sent;
}

async function fillIn(user: ReturnType<typeof openApp>['user']) {
  await user.type(await screen.findByLabelText('Email address'), ' owner@example.com ');
  await user.type(screen.getByLabelText('Password'), 'correct horse');
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
}

describe('signing in', () => {
  it('is asked of whoever has no session, and leads back to where they wanted to go', async () => {
    signedOut();
    const sent = signInAnswers(() => HttpResponse.json(aSession()));
    const { user, address } = openApp('/messages?status=sent');

    await fillIn(user);

    expect(await screen.findByRole('link', { name: 'Reset your password' })).toBeInTheDocument();
    expect(address()).toBe('/messages?status=sent');
    expect(sent).toEqual([{ body: { email: 'owner@example.com', password: 'correct horse' }, csrf: '1' }]);
    expect(screen.getByText('Bakery')).toBeInTheDocument();
  });

  it.each([
    [401, 'invalid_credentials', 'This email address and password do not belong together.'],
    [429, 'too_many_attempts', 'Too many attempts.'],
    [500, 'internal_error', 'Something went wrong on the server'],
  ])('says why it failed (%i %s) and keeps what was typed', async (status, name, words) => {
    signedOut();
    signInAnswers(() => failure(status, name));
    const { user, address } = openApp('/sign-in');

    await fillIn(user);

    expect(await screen.findByRole('alert')).toHaveTextContent(words);
    expect(screen.getByLabelText('Password')).toHaveValue('correct horse');
    expect(address()).toBe('/sign-in');
  });

  it('asks for what is missing before it asks the server', async () => {
    signedOut();
    const sent = signInAnswers(() => HttpResponse.json(aSession()));
    const { user } = openApp('/sign-in');

    await user.click(await screen.findByRole('button', { name: 'Sign in' }));

    expect(await screen.findByText('Enter your email address.')).toBeInTheDocument();
    expect(screen.getByLabelText('Email address')).toHaveAccessibleDescription('Enter your email address.');
    expect(screen.getByText('Enter your password.')).toBeInTheDocument();
    expect(sent).toHaveLength(0);
  });

  it.each(['//evil.example/', '/\\evil.example', 'https://evil.example/'])(
    'never leads to another site (%s)',
    async (next) => {
      signedOut();
      signInAnswers(() => HttpResponse.json(aSession()));
      const { user, address } = openApp(`/sign-in?next=${encodeURIComponent(next)}`);

      await fillIn(user);

      await waitFor(() => {
        expect(address()).toBe('/');
      });
    },
  );
});

describe('a session', () => {
  it('that ends while somebody is at work is gone on with over the same page', async () => {
    let ended = true;
    server.use(
      http.get('/api/emails', () =>
        ended ? failure(401, 'missing_api_key') : HttpResponse.json(aPage([aSummary()])),
      ),
      http.post('/api/auth/sign-in', () => {
        ended = false;
        return HttpResponse.json(aSession());
      }),
    );
    const { user, address } = openApp('/messages?to=ada');

    const dialog = within(await screen.findByRole('dialog', { name: 'Your session has ended' }));
    expect(dialog.getByLabelText('Email address')).toHaveValue('owner@example.com');
    await user.keyboard('{Escape}');
    await user.type(dialog.getByLabelText('Password'), 'correct horse{Enter}');

    expect(await screen.findByRole('link', { name: 'Reset your password' })).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(address()).toBe('/messages?to=ada');
  });

  it('that ends leaves the page to whoever is somebody else', async () => {
    server.use(http.get('/api/emails', () => failure(401, 'missing_api_key')));
    const { user, address } = openApp('/messages?to=ada');

    await user.click(await screen.findByRole('button', { name: 'Sign in as somebody else' }));

    expect(await screen.findByText(/Your session has ended. Sign in again/)).toBeInTheDocument();
    expect(address()).toBe('/sign-in?next=%2Fmessages%3Fto%3Dada&reason=expired');
  });

  it('that ends shows nothing of the page to another person', async () => {
    let person = 'nobody';
    const asked: string[] = [];
    server.use(
      http.get('/api/emails', () => {
        asked.push(person);
        return person === 'nobody' ? failure(401, 'missing_api_key') : HttpResponse.json(aPage([aSummary()]));
      }),
      http.post('/api/auth/sign-in', () => {
        person = 'somebody else';
        return HttpResponse.json({ ...aSession(), user: { id: 'u2', email: 'else@example.com' } });
      }),
    );
    const { user } = openApp('/messages');

    const dialog = within(await screen.findByRole('dialog', { name: 'Your session has ended' }));
    await user.type(dialog.getByLabelText('Password'), 'correct horse{Enter}');

    expect(await screen.findByRole('link', { name: 'Reset your password' })).toBeInTheDocument();
    expect(await screen.findByRole('button', { name: 'Account of else@example.com' })).toBeInTheDocument();
    expect(asked).toEqual(['nobody', 'somebody else']);
  });

  it('is ended by signing out', async () => {
    let ended = false;
    server.use(
      http.get('/api/emails', () => HttpResponse.json(aPage([aSummary()]))),
      http.post('/api/auth/sign-out', ({ request }) => {
        ended = request.headers.get('X-Mail-Console') === '1';
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = openApp('/messages');

    await user.click(await screen.findByRole('button', { name: 'Account of owner@example.com' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }));

    expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeInTheDocument();
    expect(screen.queryByText(/Your session has ended/)).not.toBeInTheDocument();
    expect(ended).toBe(true);
  });

  it('that cannot be checked is a problem with a way on, and no sign-in page', async () => {
    let broken = true;
    server.use(
      http.get('/api/auth/session', () =>
        broken ? failure(502, 'api_unreachable') : HttpResponse.json(aSession()),
      ),
      http.get('/api/emails', () => HttpResponse.json(aPage([aSummary()]))),
    );
    const { user } = openApp('/messages');

    expect(await screen.findByRole('alert')).toHaveTextContent('The API is not reachable');
    broken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));

    expect(await screen.findByRole('link', { name: 'Reset your password' })).toBeInTheDocument();
  });
});
