import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

const none: Record<string, unknown> = {
  object: 'account_settings',
  callback_url: null,
  from: null,
  app_name: null,
  app_url: null,
  support_email: null,
  reset_url: null,
  lookup: false,
  old_secret_expires_at: null,
};

const some: Record<string, unknown> = {
  ...none,
  callback_url: 'https://app.example.com/mail',
  app_name: 'Northwind',
};

describe('the accounts of apps', () => {
  it('are set up, and the secret is shown once', async () => {
    let now = none;
    const sent: unknown[] = [];
    server.use(
      http.get('/api/account-settings', () => HttpResponse.json(now)),
      http.put('/api/account-settings', async ({ request }) => {
        sent.push(await request.json());
        now = some;
        return HttpResponse.json({
          object: 'account_settings',
          callback_url: some.callback_url,
          signing_secret: 'whsec_abc',
        });
      }),
    );
    const { user } = openApp('/app-accounts');

    await user.type(await screen.findByLabelText(/^Callback address/), 'https://app.example.com/mail');
    await user.click(screen.getByRole('switch', { name: /^Ask the app/ }));
    await user.click(screen.getByRole('button', { name: 'Save' }));

    expect(await screen.findByText('whsec_abc')).toBeInTheDocument();
    expect(sent).toEqual([
      expect.objectContaining({ callback_url: 'https://app.example.com/mail', lookup: true }),
    ]);
    expect(await screen.findByRole('button', { name: 'New secret' })).toBeInTheDocument();
  });

  it('say which field is refused', async () => {
    server.use(
      http.get('/api/account-settings', () => HttpResponse.json(some)),
      http.put('/api/account-settings', () =>
        failure(422, 'validation_error', '`reset_url` must be better.'),
      ),
    );
    const { user } = openApp('/app-accounts');

    await user.click(await screen.findByRole('button', { name: 'Save' }));

    expect(await screen.findByRole('alert')).toHaveTextContent('`reset_url` must be better.');
  });

  it('are removed after a question', async () => {
    let now = some;
    server.use(
      http.get('/api/account-settings', () => HttpResponse.json(now)),
      http.delete('/api/account-settings', () => {
        now = none;
        return HttpResponse.json({ object: 'account_settings', deleted: true });
      }),
    );
    const { user } = openApp('/app-accounts', 'fr');

    await user.click(await screen.findByRole('button', { name: 'Retirer' }));
    await user.click(await screen.findByRole('button', { name: 'Retirer les réglages' }));

    expect(await screen.findByText('Les réglages sont retirés.')).toBeInTheDocument();
  });
});
