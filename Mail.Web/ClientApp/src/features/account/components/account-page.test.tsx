import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

const account = {
  id: 'u1',
  email: 'owner@example.com',
  name: null as string | null,
  locale: null,
  two_factor: { enabled: false, since: null as string | null, recovery_codes_left: 0 },
  email_change: null as object | null,
};

const session = (id: string, current: boolean, browser: string) => ({
  id,
  current,
  browser,
  ip: '203.0.113.9',
  methods: ['pwd'],
  created_at: '2026-11-20T10:00:00Z',
  last_seen_at: '2026-11-21T10:00:00Z',
  expires_at: '2026-12-20T10:00:00Z',
});

function theAccount(values: Partial<typeof account> = {}) {
  server.use(
    http.get('/api/auth/account', () => HttpResponse.json({ ...account, ...values })),
    http.get('/api/auth/sessions', () =>
      HttpResponse.json({
        object: 'list',
        data: [session('s1', true, 'Firefox 145, Linux'), session('s2', false, 'Safari 18, iOS')],
      }),
    ),
  );
}

describe('the account page', () => {
  it('is reached from the menu of the user', async () => {
    theAccount();
    const { user, address } = openApp('/alerts');

    await user.click(await screen.findByRole('button', { name: 'Account of owner@example.com' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Your account' }));

    expect(await screen.findByRole('heading', { name: 'Your account' })).toBeInTheDocument();
    expect(address()).toBe('/account');
  });

  it('sets up the second factor and shows the recovery codes once', async () => {
    theAccount();
    const sent: unknown[] = [];
    server.use(
      http.post('/api/auth/two-factor/setup', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json({
          secret: 'GEZDGNBV',
          otpauth_url: 'otpauth://totp/Mail:x?secret=GEZDGNBV',
          qr_svg: '<svg xmlns="http://www.w3.org/2000/svg"/>',
        });
      }),
      http.post('/api/auth/two-factor/enable', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json({ recovery_codes: ['abcde-fghjk', 'mnpqr-stuvw'] });
      }),
    );
    const { user } = openApp('/account');
    const section = within(await screen.findByRole('region', { name: 'Two-step sign-in' }));

    await user.type(section.getByLabelText('Your password'), 'correct horse');
    await user.click(section.getByRole('button', { name: 'Set it up' }));
    expect(await section.findByRole('img', { name: 'QR code for the authenticator app' })).toHaveAttribute(
      'src',
      expect.stringMatching(/^data:image\/svg\+xml/),
    );
    expect(section.getByLabelText('Key')).toHaveValue('GEZDGNBV');
    await user.type(section.getByLabelText('Code of the app'), '123456');
    await user.click(section.getByRole('button', { name: 'Turn it on' }));

    expect(await section.findByText('abcde-fghjk')).toBeInTheDocument();
    expect(section.getByRole('link', { name: 'Download' })).toHaveAttribute(
      'download',
      'mail-recovery-codes.txt',
    );
    await user.click(section.getByRole('button', { name: 'I have kept them' }));
    expect(section.queryByText('abcde-fghjk')).not.toBeInTheDocument();
    expect(sent).toEqual([{ password: 'correct horse' }, { code: '123456' }]);
  });

  it('ends a session, and says which browser is this one', async () => {
    theAccount();
    let ended = '';
    server.use(
      http.delete('/api/auth/sessions/:id', ({ params }) => {
        ended = String(params.id);
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = openApp('/account');

    expect(await screen.findByText('This browser')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'End the session of Safari 18, iOS' }));

    await screen.findByText('This browser');
    expect(ended).toBe('s2');
  });

  it('says that the password is not the own one', async () => {
    theAccount();
    server.use(http.post('/api/auth/password', () => failure(422, 'invalid_credentials')));
    const { user } = openApp('/account');
    const section = within(await screen.findByRole('region', { name: 'Password' }));

    await user.type(section.getByLabelText('Your password'), 'wrong');
    await user.type(section.getByLabelText('New password'), 'a long enough secret');
    await user.click(section.getByRole('button', { name: 'Change the password' }));

    expect(await section.findByRole('alert')).toHaveTextContent('This is not your password.');
  });

  it('shows which mailbox has still to confirm another address', async () => {
    theAccount({
      email_change: {
        new_email: 'new@example.org',
        old_confirmed: false,
        new_confirmed: true,
        expires_at: '2026-11-22T10:00:00Z',
      },
    });

    openApp('/account');

    expect(await screen.findByText('new@example.org: confirmed')).toBeInTheDocument();
    expect(screen.getByText('owner@example.com: not confirmed yet')).toBeInTheDocument();
  });

  it('offers to try again when it cannot be loaded', async () => {
    server.use(http.get('/api/auth/account', () => failure(503, 'service_unavailable')));

    openApp('/account');

    expect(await screen.findByRole('alert')).toHaveTextContent('Something went wrong on the server');
  });
});
