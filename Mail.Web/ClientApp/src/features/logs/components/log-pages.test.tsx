import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { anApiKey, aListOf } from '@/testing/access-fixtures';
import { aLog } from '@/testing/log-fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

function logsAre(logs: unknown[], hasMore = false) {
  const asked: URLSearchParams[] = [];
  server.use(
    http.get('/api/api-keys', () => HttpResponse.json(aListOf(anApiKey()))),
    http.get('/api/logs', ({ request }) => {
      asked.push(new URL(request.url).searchParams);
      return HttpResponse.json({ object: 'list', has_more: hasMore, data: logs });
    }),
  );
  return asked;
}

describe('the request logs', () => {
  it('say what was called, with which key and what came of it', async () => {
    logsAre([
      aLog(),
      aLog({
        id: 'l2',
        method: 'PATCH',
        path: '/emails/{id}',
        status: 422,
        error: 'validation_error',
        mode: 'test',
      }),
    ]);
    openApp('/logs');

    const lines = within(await screen.findByRole('list', { name: 'Request logs' })).getAllByRole('listitem');
    expect(lines[0]).toHaveTextContent('200POST /emailsshop12.3');
    expect(lines[1]).toHaveTextContent('422PATCH /emails/{id}validation_errorshopTest');
    expect(screen.getByRole('link', { name: 'PATCH /emails/{id}' })).toHaveAttribute('href', '/logs/l2');
  });

  it('are filtered in the address, and turned by pages', async () => {
    const asked = logsAre([aLog()], true);
    const { user, address } = openApp('/logs?since=2026-11-20');
    await screen.findByRole('option', { name: 'shop' });

    await user.selectOptions(screen.getByLabelText('Status'), '4xx');
    await user.selectOptions(screen.getByLabelText('Method'), 'POST');
    await user.selectOptions(screen.getByLabelText('API key'), 'k1');
    await user.type(screen.getByLabelText('Path'), '/emails');
    await screen.findByRole('list', { name: 'Request logs' });
    await expect.poll(address).toBe('/logs?since=2026-11-20&status=4xx&method=POST&key_id=k1&path=%2Femails');
    await user.click(screen.getByRole('button', { name: 'Older' }));

    await expect.poll(() => asked.at(-1)?.get('after')).toBe('l1');
    const last = asked.at(-1);
    expect([last?.get('status'), last?.get('method'), last?.get('path'), last?.get('key_id')]).toEqual([
      '4xx',
      'POST',
      '/emails',
      'k1',
    ]);
    expect(last?.get('since')).toBe(new Date(2026, 10, 20).toISOString());
  });

  it('show how to begin while there are none', async () => {
    logsAre([]);
    openApp('/logs', 'fr');

    expect(await screen.findByText('Aucune clé n’a encore appelé')).toBeInTheDocument();
    expect(screen.getByRole('region', { name: /Un premier message \(curl\)/ })).toHaveTextContent(
      '/api/emails',
    );
  });

  it('say when nothing matches, and show everything again', async () => {
    logsAre([]);
    const { user, address } = openApp('/logs?status=5xx');

    await user.click(await screen.findByRole('button', { name: 'Show everything' }));

    expect(address()).toBe('/logs');
    expect(await screen.findByText('No key has called yet')).toBeInTheDocument();
  });

  it('tell whose role does not allow it', async () => {
    logsAre([]);
    server.use(http.get('/api/logs', () => failure(401, 'restricted_api_key')));
    openApp('/logs');

    expect(await screen.findByText('You may not see this')).toBeInTheDocument();
  });
});

describe('a request', () => {
  it('shows all that is kept, and leads to its message', async () => {
    server.use(http.get('/api/logs/l1', () => HttpResponse.json(aLog({ trace_id: 'abc', error: null }))));
    openApp('/logs/l1');

    expect(await screen.findByRole('heading', { level: 1, name: 'POST /emails' })).toBeInTheDocument();
    expect(screen.getByText('203.0.113.9')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'm1' })).toHaveAttribute('href', '/messages/m1');
    expect(screen.getByRole('button', { name: 'Copy the request ID' })).toBeInTheDocument();
  });

  it('that is forgotten is not found', async () => {
    server.use(http.get('/api/logs/l1', () => failure(404, 'not_found')));
    openApp('/logs/l1');

    expect(await screen.findByText('Not found')).toBeInTheDocument();
  });
});
