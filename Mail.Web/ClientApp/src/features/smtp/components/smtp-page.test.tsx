import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { aSessionAs } from '@/testing/access-fixtures';
import { aLog, smtpSettings } from '@/testing/log-fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

function smtpIs(settings: object, ...logs: object[]) {
  server.use(
    http.get('/api/smtp-settings', () => HttpResponse.json(settings)),
    http.get('/api/logs', () => HttpResponse.json({ object: 'list', has_more: false, data: logs })),
  );
}

describe('the SMTP page', () => {
  it('says what to copy, in the words of the chosen tool', async () => {
    smtpIs(smtpSettings());
    const { user } = openApp('/smtp');

    expect(await screen.findByText('mail.example.com')).toBeInTheDocument();
    expect(screen.getByText('2587')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Copy: Host' })).toBeInTheDocument();
    await user.selectOptions(screen.getByLabelText('Language of the samples'), 'Django');
    expect(screen.getByRole('region', { name: 'In your app (Django)' })).toHaveTextContent(
      'EMAIL_USE_TLS = True',
    );
    expect(await screen.findByText('Waiting for your app’s first connection')).toBeInTheDocument();
  });

  it('uses TLS from the first byte where nothing else is open', async () => {
    smtpIs(smtpSettings({ starttls_port: null }));
    const { user } = openApp('/smtp');

    await user.selectOptions(await screen.findByLabelText('Language of the samples'), 'swaks');

    expect(screen.getByRole('region', { name: 'In your app (swaks)' })).toHaveTextContent(
      'mail.example.com:2465 --tls-on-connect',
    );
  });

  it('sees the app’s mail arrive', async () => {
    smtpIs(smtpSettings(), aLog({ method: 'SMTP', path: 'MAIL', status: 250 }));
    openApp('/smtp');

    expect(await screen.findByText('Your app’s mail arrived')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'The message' })).toHaveAttribute('href', '/messages/m1');
  });

  it('says with which reply the app was refused', async () => {
    smtpIs(
      smtpSettings(),
      aLog({ method: 'SMTP', path: 'AUTH', status: 535, error: 'restricted_api_key', email_ids: [] }),
    );
    openApp('/smtp', 'fr');

    expect(await screen.findByText('Votre application a été refusée (SMTP 535)')).toBeInTheDocument();
  });

  it('says when this installation takes no mail so', async () => {
    smtpIs(smtpSettings({ enabled: false }));
    openApp('/smtp');

    expect(await screen.findByText('This installation takes no mail by SMTP')).toBeInTheDocument();
    expect(screen.getByText('Submission__Port')).toBeInTheDocument();
  });

  it('asks viewers for no logs, which they may not see', async () => {
    smtpIs(smtpSettings());
    server.use(
      http.get('/api/auth/session', () => HttpResponse.json(aSessionAs('viewer'))),
      http.get('/api/logs', () => failure(401, 'restricted_api_key')),
    );
    openApp('/smtp');

    expect(await screen.findByText('mail.example.com')).toBeInTheDocument();
    expect(screen.queryByText('Waiting for your app’s first connection')).not.toBeInTheDocument();
  });

  it('offers to try again', async () => {
    server.use(http.get('/api/smtp-settings', () => failure(503, 'service_unavailable')));
    openApp('/smtp');

    expect(await screen.findByRole('button', { name: 'Try again' })).toBeInTheDocument();
  });
});
