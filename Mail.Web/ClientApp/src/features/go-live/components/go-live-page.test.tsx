import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { openApp } from '@/testing/open-app';
import { server } from '@/testing/server';

const report = (...checks: unknown[]) => ({
  object: 'go_live',
  ok: false,
  checked_at: '2026-11-21T14:00:00Z',
  checks,
});

describe('going live', () => {
  it('shows what is in order and what to do', async () => {
    server.use(
      http.get('/api/go-live', () =>
        HttpResponse.json(
          report(
            { name: 'worker', ok: true, title: 'A worker is there', seen: 'a worker was seen', remedy: null },
            {
              name: 'backup',
              ok: false,
              title: 'It was exported',
              seen: 'never exported',
              remedy: 'Export it.',
            },
          ),
        ),
      ),
    );
    openApp('/go-live');

    const items = within(await screen.findByRole('list', { name: 'Go live' })).getAllByRole('listitem');
    expect(items[0]).toHaveTextContent('In order');
    expect(items[1]).toHaveTextContent('To do');
    expect(items[1]).toHaveTextContent('Export it.');
    expect(screen.getByText('1 thing is not ready for real mail.')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Export configuration' })).toHaveAttribute(
      'href',
      expect.stringContaining('/api/configuration/export'),
    );
  });

  it('asks in the language of the console', async () => {
    const asked: (string | null)[] = [];
    server.use(
      http.get('/api/go-live', ({ request }) => {
        asked.push(request.headers.get('Accept-Language'));
        return HttpResponse.json({ ...report(), ok: true });
      }),
    );
    openApp('/go-live', 'fr');

    expect(await screen.findByText('Tout est prêt pour de vrais messages.')).toBeInTheDocument();
    expect(asked).toContain('fr');
  });
});
