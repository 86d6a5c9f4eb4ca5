import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { aDomain, anIdentity, aRecord } from '@/testing/domain-fixtures';
import { aPage } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

const sendersAre = (domains: unknown[], identities: unknown[]) => {
  server.use(
    http.get('/api/domains', () => HttpResponse.json(aPage(domains))),
    http.get('/api/sender-identities', () => HttpResponse.json(aPage(identities))),
  );
};

const domainIs = (values: Record<string, unknown> = {}) => {
  server.use(http.get('/api/domains/d1', () => HttpResponse.json(aDomain(values))));
};

describe('the senders', () => {
  it('are domains and addresses with their state', async () => {
    sendersAre([aDomain({ records: null, status: 'verified' })], [anIdentity()]);
    openApp('/domains');

    const domains = within(await screen.findByRole('list', { name: 'Domains' }));
    expect(domains.getByRole('link', { name: 'shop.example' })).toHaveAttribute('href', '/domains/d1');
    expect(domains.getByText('Verified')).toBeInTheDocument();
    const identities = within(await screen.findByRole('list', { name: 'Sender identities' }));
    expect(identities.getByText('me@gmail.com')).toBeInTheDocument();
    expect(identities.getByRole('button', { name: 'Mail the link again' })).toBeInTheDocument();
  });

  it('say in the words of the API why a domain cannot be added', async () => {
    sendersAre([], []);
    server.use(
      http.post('/api/domains', () =>
        failure(422, 'validation_error', '`name` belongs to a mail provider and its DNS is not yours.'),
      ),
    );
    const { user } = openApp('/domains');

    await user.type(await screen.findByLabelText('Domain'), 'gmail.com');
    await user.click(screen.getByRole('button', { name: 'Add the domain' }));

    expect(await screen.findByText(/belongs to a mail provider/)).toBeInTheDocument();
  });

  it('lead to the page of a domain that was just added', async () => {
    sendersAre([], []);
    domainIs();
    const sent: unknown[] = [];
    server.use(
      http.post('/api/domains', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json(aDomain(), { status: 201 });
      }),
    );
    const { user, address } = openApp('/domains');

    await user.type(await screen.findByLabelText('Domain'), ' shop.example ');
    await user.click(screen.getByRole('button', { name: 'Add the domain' }));

    expect(await screen.findByRole('heading', { level: 1, name: 'shop.example' })).toBeInTheDocument();
    expect(address()).toBe('/domains/d1');
    expect(sent).toEqual([{ name: 'shop.example' }]);
  });

  it('get an address by its link', async () => {
    sendersAre([], []);
    const sent: unknown[] = [];
    server.use(
      http.post('/api/sender-identities', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json(anIdentity(), { status: 201 });
      }),
    );
    const { user } = openApp('/domains');

    await user.click(await screen.findByRole('button', { name: 'Add an address' }));
    await user.type(await screen.findByLabelText('Address'), 'me@gmail.com');
    await user.click(screen.getByRole('button', { name: 'Mail the link' }));

    expect(await screen.findByText('A link is on its way to me@gmail.com.')).toBeInTheDocument();
    expect(sent).toEqual([
      { email: 'me@gmail.com', name: '', reply_to: '', company: '', postal_address: '' },
    ]);
  });
});

describe('a domain', () => {
  it('shows what to set, what is there instead, and copies each part', async () => {
    domainIs({
      records: [
        aRecord(),
        aRecord({
          record: 'SPF',
          name: 'shop.example',
          host: '@',
          status: 'failed',
          problem: 'wrong',
          required: false,
          key: null,
          found: ['v=spf1 mx -all'],
          suggestion: 'v=spf1 mx include:spf.relay.example -all',
          advice: 'The SPF record does not name what sends for you here.',
        }),
      ],
    });
    openApp('/domains/d1');

    const items = within(await screen.findByRole('list', { name: 'DNS records' })).getAllByRole('listitem');
    expect(items[0]).toHaveTextContent('mail-abc._domainkey');
    expect(items[0]).toHaveTextContent('Required');
    expect(items[1]).toHaveTextContent('v=spf1 mx -all');
    expect(items[1]).toHaveTextContent('v=spf1 mx include:spf.relay.example -all');
    expect(screen.getAllByRole('button', { name: 'Copy the value' })).toHaveLength(2);
  });

  it('is checked on demand, and shows what was found', async () => {
    domainIs();
    server.use(
      http.post('/api/domains/d1/verify', () =>
        HttpResponse.json(
          aDomain({
            status: 'verified',
            records: [aRecord({ status: 'verified', problem: null, advice: 'Found.' })],
          }),
        ),
      ),
    );
    const { user } = openApp('/domains/d1');

    await user.click(await screen.findByRole('button', { name: 'Check now' }));

    expect(await screen.findByText('Mail from this domain is accepted and signed.')).toBeInTheDocument();
    expect(screen.getByText('Found.')).toBeInTheDocument();
  });

  it('tells that a check was made a moment ago', async () => {
    domainIs();
    server.use(
      http.post('/api/domains/d1/verify', () => failure(429, 'rate_limit_exceeded', 'Wait 10 seconds.')),
    );
    const { user } = openApp('/domains/d1', 'fr');

    await user.click(await screen.findByRole('button', { name: 'Vérifier maintenant' }));

    expect(await screen.findByRole('alert')).toHaveTextContent('Wait 10 seconds.');
  });

  it('is deleted after a question', async () => {
    domainIs();
    sendersAre([], []);
    server.use(
      http.delete('/api/domains/d1', () => HttpResponse.json({ object: 'domain', id: 'd1', deleted: true })),
    );
    const { user, address } = openApp('/domains/d1');

    await user.click(await screen.findByRole('button', { name: 'Delete' }));
    await user.click(await screen.findByRole('button', { name: 'Delete the domain' }));

    expect(await screen.findByText('The domain shop.example is deleted.')).toBeInTheDocument();
    expect(address()).toBe('/domains');
  });
});
