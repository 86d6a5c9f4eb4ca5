import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { aPage, aSession } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

const anEntry = (values: Record<string, unknown> = {}) => ({
  object: 'suppression',
  id: 's1',
  email: 'ada@example.com',
  reason: 'unsubscribe',
  topic_id: 'weekly-news',
  email_id: 'm1',
  note: null,
  created_at: '2026-11-20T18:00:00Z',
  expires_at: null,
  ...values,
});

function entriesAre(data: ReturnType<typeof anEntry>[], hasMore = false) {
  const asked: URL[] = [];
  server.use(
    http.get('/api/suppressions', ({ request }) => {
      asked.push(new URL(request.url));
      return HttpResponse.json(aPage(data, hasMore));
    }),
  );
  return asked;
}

describe('suppressions', () => {
  it('are only read by a viewer', async () => {
    server.use(
      http.get('/api/auth/session', () =>
        HttpResponse.json({ ...aSession(), projects: [{ id: 'p1', name: 'Bakery', role: 'viewer' }] }),
      ),
    );
    entriesAre([anEntry()]);
    openApp('/suppressions');

    expect(await screen.findByText('ada@example.com')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Export' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /^(Add|Import|Remove)/ })).not.toBeInTheDocument();
  });

  it('show the address, why it is there and the message that it came from', async () => {
    entriesAre([
      anEntry(),
      anEntry({ id: 's2', email: 'gone@example.com', reason: 'hard_bounce', note: '550 no such user' }),
    ]);
    openApp('/suppressions');

    const [first, second] = within(
      await screen.findByRole('list', { name: /Suppressed addresses/ }),
    ).getAllByRole('listitem');
    expect(first).toHaveTextContent('ada@example.com');
    expect(first).toHaveTextContent('Unsubscribed');
    expect(first).toHaveTextContent('Topic: weekly-news');
    expect(screen.getAllByRole('link', { name: 'Message' })[0]).toHaveAttribute('href', '/messages/m1');
    expect(second).toHaveTextContent('550 no such user');
  });

  it('are searched, and exported as they are searched', async () => {
    const asked = entriesAre([anEntry()]);
    const { user, address } = openApp('/suppressions?reason=unsubscribe');

    await user.type(await screen.findByRole('searchbox', { name: 'Address' }), 'ada');

    await waitFor(() => {
      expect(asked.at(-1)?.search).toContain('email=ada');
    });
    expect(asked.at(-1)?.searchParams.get('reason')).toBe('unsubscribe');
    expect(address()).toContain('email=ada');
    expect(screen.getByRole('link', { name: 'Export' })).toHaveAttribute(
      'href',
      '/api/suppressions/export?email=ada&reason=unsubscribe&project=p1',
    );
  });

  it('take a new address and say in the words of the API what is wrong with one', async () => {
    entriesAre([]);
    const sent: unknown[] = [];
    server.use(
      http.post('/api/suppressions', async ({ request }) => {
        sent.push(await request.json());
        return sent.length === 1
          ? failure(422, 'validation_error', '`email` is not an address.')
          : HttpResponse.json(anEntry({ reason: 'manual' }), { status: 201 });
      }),
    );
    const { user } = openApp('/suppressions');

    await user.click(await screen.findByRole('button', { name: 'Add an address' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText(/Address/), 'ada@example.com');
    await user.type(dialog.getByLabelText('Note'), 'asked by phone');
    await user.click(dialog.getByRole('button', { name: 'Add the address' }));
    expect(await dialog.findByText('`email` is not an address.')).toBeInTheDocument();
    await user.click(dialog.getByRole('button', { name: 'Add the address' }));

    expect(await screen.findByText('ada@example.com is on the list.')).toBeInTheDocument();
    expect(sent[1]).toEqual({ email: 'ada@example.com', note: 'asked by phone' });
  });

  it('are removed after a word of warning', async () => {
    entriesAre([anEntry()]);
    let removed = '';
    server.use(
      http.delete('/api/suppressions/:id', ({ params }) => {
        removed = String(params.id);
        return HttpResponse.json({ object: 'suppression', id: removed, deleted: true });
      }),
    );
    const { user } = openApp('/suppressions');

    await user.click(await screen.findByRole('button', { name: 'Remove ada@example.com' }));
    expect(await screen.findByText(/only when they ask/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Remove it' }));

    expect(await screen.findByText('ada@example.com can be written to again.')).toBeInTheDocument();
    expect(removed).toBe('s1');
  });

  it('come from a file, whose wrong lines are told', async () => {
    entriesAre([]);
    let type: string | null = null;
    server.use(
      http.post('/api/suppressions/import', ({ request }) => {
        type = request.headers.get('Content-Type');
        return HttpResponse.json({
          object: 'suppression_import',
          lines: 3,
          added: 2,
          known: 0,
          refused: 1,
          errors: [{ line: 4, message: '`email` is not an address.' }],
        });
      }),
    );
    const { user } = openApp('/suppressions', 'fr');

    await user.click(await screen.findByRole('button', { name: 'Importer' }));
    const dialog = await screen.findByRole('dialog');
    const input = document.querySelector<HTMLInputElement>('input[type=file]') ?? dialog;
    await user.upload(input, new File(['email\na@example.com\n'], 'list.csv', { type: 'text/csv' }));
    await user.click(within(dialog).getByRole('button', { name: 'Importer le fichier' }));

    expect(
      await within(dialog).findByText(/2 adresses ajoutées · 1 ligne n’a pas été prise/),
    ).toBeInTheDocument();
    expect(within(dialog).getByText(/Ligne 4 : `email`/)).toBeInTheDocument();
    expect(type).toBe('text/csv');
  });

  it('say so when nobody is on the list, and when nothing matches', async () => {
    entriesAre([]);
    openApp('/suppressions');
    expect(await screen.findByText('Nobody is on the list')).toBeInTheDocument();
  });
});
