import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { aPage, aSession } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

const aMail = (values: Record<string, unknown> = {}) => ({
  object: 'sandbox_message',
  id: 's1',
  email_id: 'm1',
  to: 'ada@example.com',
  from: 'Oven <hello@example.com>',
  subject: 'Reset your password',
  captured_at: '2026-11-20T18:00:00Z',
  code: '482913',
  links: [{ url: 'https://example.com/reset', text: 'Reset now' }],
  ...values,
});

const whole = (values: Record<string, unknown> = {}) => ({
  ...aMail(values),
  html: '<p>482913</p>',
  text: 'Your code: 482913',
  headers: [{ name: 'Subject', value: 'Reset your password' }],
  attachments: [],
});

/** Answers list calls by what the sandbox holds just now, and keeps the questions. */
function sandboxOf(mails: () => unknown[], hasMore = false) {
  const asked: URLSearchParams[] = [];
  server.use(
    http.get('/api/sandbox/messages', ({ request }) => {
      asked.push(new URL(request.url).searchParams);
      return HttpResponse.json(aPage(mails(), hasMore));
    }),
    http.get('/api/sandbox/messages/:id', ({ params }) => HttpResponse.json(whole({ id: params.id }))),
  );
  return asked;
}

describe('the sandbox', () => {
  it('shows the newest mail with its code, large and ready to be copied', async () => {
    sandboxOf(() => [aMail(), aMail({ id: 's2', to: 'bob@example.com', code: null, links: [] })]);
    const { user } = openApp('/sandbox');

    const list = await screen.findByRole('list', { name: 'Test mail, newest first' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(2);
    expect(await screen.findByRole('status', { name: 'Code' })).toHaveTextContent('482913');
    await user.click(screen.getByRole('button', { name: 'Copy the code' }));
    expect(await navigator.clipboard.readText()).toBe('482913');
    expect(screen.getByTitle('HTML preview: Reset your password')).toHaveAttribute(
      'src',
      '/api/sandbox/messages/s1/html?project=p1&scheme=light',
    );
  });

  it('keeps the chosen mail in the address, and shows its links', async () => {
    sandboxOf(() => [aMail(), aMail({ id: 's2', to: 'bob@example.com' })]);
    const { user, address } = openApp('/sandbox');

    await user.click(await screen.findByRole('button', { name: /bob@example.com/ }));
    await user.click(await screen.findByRole('tab', { name: 'Link (1)' }));

    expect(address()).toBe('/sandbox?mail=s2');
    expect(await screen.findByRole('link', { name: 'https://example.com/reset' })).toBeInTheDocument();
  });

  it('asks what is typed, and says when nothing matches', async () => {
    const asked = sandboxOf(() => []);
    const { user, address } = openApp('/sandbox');

    expect(await screen.findByRole('heading', { name: 'Nothing captured yet' })).toBeInTheDocument();
    await user.type(screen.getByRole('searchbox', { name: 'To' }), 'ada@');
    expect(await screen.findByRole('heading', { name: 'No test mail matches' })).toBeInTheDocument();
    expect(address()).toBe('/sandbox?to=ada%40');
    expect(asked.at(-1)?.get('to')).toBe('ada@');
    const [, clear] = screen.getAllByRole('button', { name: 'Clear the filter' });
    if (!clear) throw new Error('No button to clear the filter.');
    await user.click(clear);
    await waitFor(() => {
      expect(screen.getByRole('searchbox', { name: 'To' })).toHaveValue('');
    });
  });

  it('is emptied after a question', async () => {
    let mails = [aMail()];
    sandboxOf(() => mails);
    server.use(
      http.delete('/api/sandbox/messages', () => {
        mails = [];
        return HttpResponse.json({ object: 'sandbox', deleted: 1 });
      }),
    );
    const { user } = openApp('/sandbox');

    await user.click(await screen.findByRole('button', { name: 'Delete all' }));
    const dialog = await screen.findByRole('dialog', { name: 'Delete all test mail?' });
    await user.click(within(dialog).getByRole('button', { name: 'Delete all' }));

    expect(await screen.findByRole('heading', { name: 'Nothing captured yet' })).toBeInTheDocument();
  });

  it('says why it could not be emptied, and keeps the question', async () => {
    sandboxOf(() => [aMail()]);
    server.use(http.delete('/api/sandbox/messages', () => failure(503, 'service_unavailable', 'Later.')));
    const { user } = openApp('/sandbox');

    await user.click(await screen.findByRole('button', { name: 'Delete all' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Delete all' }));

    expect(await within(dialog).findByRole('alert')).toHaveTextContent('Later.');
  });

  it('does not offer to empty it to who may not', async () => {
    const session = aSession();
    server.use(
      http.get('/api/auth/session', () =>
        HttpResponse.json({ ...session, projects: [{ id: 'p1', name: 'Bakery', role: 'viewer' }] }),
      ),
    );
    sandboxOf(() => [aMail()]);

    openApp('/sandbox');

    expect(await screen.findByRole('status', { name: 'Code' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Delete all' })).not.toBeInTheDocument();
  });

  it('says what failed and tries again on demand', async () => {
    server.use(http.get('/api/sandbox/messages', () => failure(503, 'service_unavailable')));

    openApp('/sandbox', 'fr');

    expect(await screen.findByRole('heading', { name: 'Bac à sable', level: 1 })).toBeInTheDocument();
    expect(await screen.findByText('service_unavailable')).toBeInTheDocument();
  });
});
