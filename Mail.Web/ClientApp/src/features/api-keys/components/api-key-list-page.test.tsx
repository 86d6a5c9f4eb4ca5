import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { anApiKey, aListOf, aSessionAs } from '@/testing/access-fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

function keysAre(keys: unknown[], role = 'owner') {
  server.use(
    http.get('/api/auth/session', () => HttpResponse.json(aSessionAs(role))),
    http.get('/api/api-keys', () => HttpResponse.json(aListOf(...keys))),
  );
}

function sentTo(method: 'post' | 'patch', path: string, answer: () => Response) {
  const sent: unknown[] = [];
  server.use(
    http[method](path, async ({ request }) => {
      sent.push(await request.json());
      return answer();
    }),
  );
  return sent;
}

const newKey = () =>
  HttpResponse.json({ object: 'api_key', id: 'k2', token: 'mk_live_once' }, { status: 201 });

describe('API keys', () => {
  it('are listed with what they may do, and never with their text', async () => {
    keysAre([
      anApiKey(),
      anApiKey({
        id: 'k2',
        name: 'old',
        permission: 'custom',
        scopes: ['emails:read'],
        test: true,
        expires_at: '2020-01-01T00:00:00Z',
      }),
    ]);
    openApp('/api-keys');

    const items = within(await screen.findByRole('list', { name: 'API keys' })).getAllByRole('listitem');
    expect(items[0]).toHaveTextContent('mk_live_abcd…');
    expect(items[0]).toHaveTextContent('Send only');
    expect(items[0]).toHaveTextContent('example.com');
    expect(items[1]).toHaveTextContent('emails:read');
    expect(items[1]).toHaveTextContent('Test');
    expect(items[1]).toHaveTextContent('Over');
  });

  it('say who may know them that has left, while they work', async () => {
    keysAre([
      anApiKey({ maker_has_left: true }),
      anApiKey({ id: 'k2', maker_has_left: true, expires_at: '2020-01-01T00:00:00Z' }),
    ]);
    openApp('/api-keys');

    const items = within(await screen.findByRole('list', { name: 'API keys' })).getAllByRole('listitem');
    expect(items[0]).toHaveTextContent('Known to somebody who has left');
    expect(items[1]).not.toHaveTextContent('Known to somebody who has left');
  });

  it('are made with limits, and shown once', async () => {
    keysAre([]);
    const sent = sentTo('post', '/api/api-keys', newKey);
    const { user } = openApp('/api-keys');

    await user.click(await screen.findByRole('button', { name: 'Create a key' }));
    await user.type(await screen.findByLabelText('Name'), 'shop');
    await user.selectOptions(screen.getByLabelText('May'), 'custom');
    await user.click(screen.getByRole('button', { name: 'Create the key' }));
    expect(screen.getByText('Choose at least one.')).toBeInTheDocument();
    await user.click(screen.getByRole('checkbox', { name: 'emails:send' }));
    await user.type(screen.getByLabelText('From domains'), 'example.com{enter}shop.example.com');
    await user.type(screen.getByLabelText('From networks'), '203.0.113.0/24');
    await user.type(screen.getByLabelText('Requests a second'), '5');
    await user.click(screen.getByRole('switch', { name: /^Test key/ }));
    await user.click(screen.getByRole('button', { name: 'Create the key' }));

    expect(await screen.findByText('mk_live_once')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Copy the key' })).toBeInTheDocument();
    expect(sent).toEqual([
      {
        name: 'shop',
        scopes: ['emails:send'],
        domains: ['example.com', 'shop.example.com'],
        allowed_ips: ['203.0.113.0/24'],
        rate_per_second: 5,
        expires_at: null,
        test: true,
      },
    ]);
    await user.keyboard('{Escape}');
    expect(screen.getByText('mk_live_once')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'I have kept it' }));
    expect(screen.queryByText('mk_live_once')).not.toBeInTheDocument();
  });

  it('are changed, and say what the API refuses', async () => {
    keysAre([anApiKey({ expires_at: '2020-01-01T00:00:00Z' })]);
    const sent = sentTo('patch', '/api/api-keys/k1', () =>
      failure(422, 'validation_error', '`domains.0` is not a domain name.'),
    );
    const { user } = openApp('/api-keys');

    await user.click(await screen.findByRole('button', { name: 'Edit shop' }));
    await user.clear(await screen.findByLabelText('From domains'));
    await user.type(screen.getByLabelText('From domains'), 'nonsense');
    await user.click(screen.getByRole('button', { name: 'Save' }));

    expect(await screen.findByRole('alert')).toHaveTextContent('`domains.0` is not a domain name.');
    // Its end, which is over, was not touched and is not sent.
    expect(sent).toEqual([
      {
        name: 'shop',
        permission: 'sending_access',
        domains: ['nonsense'],
        allowed_ips: [],
        rate_per_second: null,
      },
    ]);
  });

  it('are replaced, and the old one goes on for a while', async () => {
    keysAre([anApiKey()]);
    const sent = sentTo('post', '/api/api-keys/k1/rotate', newKey);
    const { user } = openApp('/api-keys');

    await user.click(await screen.findByRole('button', { name: 'Replace shop' }));
    await user.selectOptions(await screen.findByLabelText('The old key ends'), '1');
    await user.click(screen.getByRole('button', { name: 'Make the new key' }));

    expect(await screen.findByText('mk_live_once')).toBeInTheDocument();
    expect(screen.getByText('The old key goes on for 1 hour.')).toBeInTheDocument();
    expect(sent).toEqual([{ grace_hours: 1 }]);
  });

  it('are removed after asking', async () => {
    keysAre([anApiKey()]);
    server.use(
      http.delete('/api/api-keys/k1', () =>
        HttpResponse.json({ object: 'api_key', id: 'k1', deleted: true }),
      ),
    );
    const { user } = openApp('/api-keys');

    await user.click(await screen.findByRole('button', { name: 'Remove shop' }));
    await user.click(await screen.findByRole('button', { name: 'Remove the key' }));

    expect(await screen.findByText('“shop” is removed.')).toBeInTheDocument();
  });

  it('that may do more than oneself are left alone', async () => {
    keysAre([anApiKey({ scopes: ['relays:write'], permission: 'custom' })], 'developer');
    const { user } = openApp('/api-keys');

    expect(await screen.findByText(/This key may do more than you/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Remove shop' })).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Create a key' }));
    await user.selectOptions(await screen.findByLabelText('May'), 'custom');
    expect(screen.queryByRole('checkbox', { name: 'relays:write' })).not.toBeInTheDocument();
  });

  it('say what they are for while there are none', async () => {
    keysAre([]);
    openApp('/api-keys', 'fr');

    expect(await screen.findByText('Aucune application ne peut encore entrer')).toBeInTheDocument();
  });
});
