import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { aPage, aSummary } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

/** Answers every list call by `answer` and keeps the questions. */
function listAnswers(answer: (query: URLSearchParams) => Response) {
  const asked: URLSearchParams[] = [];
  server.use(
    http.get('/api/emails', ({ request }) => {
      const query = new URL(request.url).searchParams;
      asked.push(query);
      return answer(query);
    }),
  );
  return asked;
}

describe('the message list', () => {
  it('holds the place while the first page is on its way', async () => {
    let answer: (() => void) | undefined;
    server.use(
      http.get('/api/emails', async () => {
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        return HttpResponse.json(aPage([aSummary()]));
      }),
    );

    openApp('/messages');

    expect(await screen.findByText('Loading…')).toBeInTheDocument();
    answer?.();
    expect(await screen.findByRole('link', { name: 'Reset your password' })).toBeInTheDocument();
    expect(screen.queryByText('Loading…')).not.toBeInTheDocument();
  });

  it('shows status, recipients, subject, sender and time of each message', async () => {
    listAnswers(() =>
      HttpResponse.json(
        aPage([
          aSummary({
            last_event: 'delivery_delayed',
            to: ['ada@example.com', 'bob@example.com'],
            cc: ['cy@example.com'],
          }),
        ]),
      ),
    );

    openApp('/messages');

    const table = await screen.findByRole('table', { name: 'Messages, newest first' });
    const row = within(table).getAllByRole('row')[1];
    expect(row).toHaveTextContent('Delayed');
    expect(row).toHaveTextContent('ada@example.com+2 more');
    expect(row).toHaveTextContent('Oven');
    expect(within(table).getByRole('link', { name: 'Reset your password' })).toHaveAttribute(
      'href',
      '/messages/019aa2f0-0000-7000-8000-000000000001',
    );
    expect(row?.querySelector('time')).toHaveAttribute('datetime', '2026-11-20T18:00:00Z');
  });

  it('shows when a scheduled message leaves', async () => {
    listAnswers(() =>
      HttpResponse.json(
        aPage([
          aSummary({ last_event: 'scheduled', scheduled_at: '2099-11-20T18:00:00Z' }),
          aSummary({ id: 'm2', last_event: 'sent', scheduled_at: '2026-11-20T18:30:00Z' }),
        ]),
      ),
    );

    openApp('/messages');

    const table = await screen.findByRole('table');
    const [, scheduled, sent] = within(table).getAllByRole('row');
    expect(scheduled).toHaveTextContent(/ScheduledScheduled for in \d+ years/);
    expect(scheduled?.querySelector('time')).toHaveAttribute('datetime', '2099-11-20T18:00:00Z');
    expect(sent?.querySelectorAll('time')).toHaveLength(1); // its time is past
  });

  it('shows a state that it does not know by its name', async () => {
    listAnswers(() => HttpResponse.json(aPage([aSummary({ last_event: 'teleported' })])));

    openApp('/messages');

    expect(await screen.findByText('teleported')).toBeInTheDocument();
  });

  it('asks what the address says', async () => {
    const asked = listAnswers(() => HttpResponse.json(aPage([aSummary()])));

    openApp('/messages?status=bounced&to=ada');

    expect(await screen.findByRole('combobox', { name: 'Status' })).toHaveValue('Bounced');
    expect(screen.getByRole('searchbox', { name: 'Search' })).toHaveValue('ada');
    await waitFor(() => {
      expect(asked[0]?.toString()).toBe('limit=25&status=bounced&to=ada');
    });
  });

  it('writes the search into the address, on its first page', async () => {
    const asked = listAnswers(() => HttpResponse.json(aPage([aSummary()], true)));
    const { user, address } = openApp('/messages?after=019aa2f0-0000-7000-8000-000000000009');

    await user.type(await screen.findByRole('searchbox', { name: 'Search' }), 'ada@');

    await waitFor(() => {
      expect(address()).toBe('/messages?to=ada%40');
    });
    expect(asked.at(-1)?.toString()).toBe('limit=25&to=ada%40');
  });

  it.each([
    ['Your order', 'subject', '/messages?subject=Your+order', 'Subject contains “Your order”'],
    ['order:42', 'tag', '/messages?tag=order%3A42', 'Tag “order:42”'],
    ['@example.com', 'to', '/messages?to=%40example.com', 'Recipient contains “@example.com”'],
    ['ada@', 'to', '/messages?to=ada%40', 'Recipient begins with “ada@”'],
  ])('understands %s and says so', async (typed, field, written, meaning) => {
    const asked = listAnswers(() => HttpResponse.json(aPage([aSummary()])));
    const { user, address } = openApp('/messages');

    await user.type(await screen.findByRole('searchbox', { name: 'Search' }), typed);

    expect(await screen.findByText(meaning)).toBeInTheDocument();
    expect(address()).toBe(written);
    await waitFor(() => {
      expect(asked.at(-1)?.get(field)).toBe(typed);
    });
  });

  it('looks elsewhere when it is told to', async () => {
    const asked = listAnswers(() => HttpResponse.json(aPage([aSummary()])));
    const { user, address } = openApp('/messages?to=welcome&tag=order');

    const tag = await screen.findByRole('button', { name: 'Remove the condition: Tag' });
    expect(tag).toHaveTextContent('Tag: order');
    await user.click(tag);
    await user.click(screen.getByRole('combobox', { name: 'Search in' }));
    await user.click(await screen.findByRole('option', { name: 'Subject' }));

    await waitFor(() => {
      expect(address()).toBe('/messages?subject=welcome');
    });
    expect(asked.at(-1)?.toString()).toBe('limit=25&subject=welcome');
  });

  it('asks for a time range that goes along with the clock', async () => {
    const asked = listAnswers(() => HttpResponse.json(aPage([aSummary()])));
    const { user, address } = openApp('/messages');

    await user.click(await screen.findByRole('combobox', { name: 'Time' }));
    await user.click(await screen.findByRole('option', { name: 'Last 24 hours' }));

    await waitFor(() => {
      expect(address()).toBe('/messages?since=24h');
    });
    await waitFor(() => {
      const since = Date.parse(asked.at(-1)?.get('since') ?? '');
      expect(Math.abs(Date.now() - 86_400_000 - since)).toBeLessThan(60_000);
    });
    expect(screen.getByRole('link', { name: 'Export CSV' }).getAttribute('href')).toMatch(
      /^\/api\/emails\/export\?since=.*&project=p1$/,
    );
  });

  it('says how far a long search came, and goes on from there', async () => {
    const asked = listAnswers((query) =>
      HttpResponse.json(
        query.has('after')
          ? aPage([aSummary()])
          : { ...aPage([], true), searched_to: { id: 'far', created_at: '2026-11-01T08:00:00Z' } },
      ),
    );
    const { user, address } = openApp('/messages?subject=needle');

    expect(await screen.findByText(/^Nothing found so far: searched back to/)).toBeInTheDocument();
    expect(screen.queryByRole('heading', { name: 'No message matches' })).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Search older messages' }));

    expect(await screen.findByRole('link', { name: 'Reset your password' })).toBeInTheDocument();
    expect(address()).toBe('/messages?subject=needle&after=far');
    expect(asked.at(-1)?.get('after')).toBe('far');
  });

  it('writes the status into the address', async () => {
    listAnswers(() => HttpResponse.json(aPage([aSummary()])));
    const { user, address } = openApp('/messages');

    await user.click(await screen.findByRole('combobox', { name: 'Status' }));
    await user.click(await screen.findByRole('option', { name: 'Failed' }));

    await waitFor(() => {
      expect(address()).toBe('/messages?status=failed');
    });
  });

  it('keeps a number in the address as text', async () => {
    const asked = listAnswers(() => HttpResponse.json(aPage([aSummary()])));

    openApp('/messages?to=42');

    await waitFor(() => {
      expect(asked[0]?.get('to')).toBe('42');
    });
  });

  it('turns to older and back to newer messages', async () => {
    const asked = listAnswers((query) => {
      if (query.has('after')) return HttpResponse.json(aPage([aSummary({ id: 'old', subject: 'Old' })]));
      return HttpResponse.json(aPage([aSummary({ id: 'new', subject: 'New' })], !query.has('before')));
    });
    const { user, address } = openApp('/messages');

    await screen.findByRole('link', { name: 'New' });
    expect(screen.getByRole('button', { name: 'Newer' })).toBeDisabled();
    await user.click(screen.getByRole('button', { name: 'Older' }));
    await screen.findByRole('link', { name: 'Old' });
    expect(address()).toBe('/messages?after=new');
    expect(screen.getByRole('button', { name: 'Older' })).toBeDisabled();
    await user.click(screen.getByRole('button', { name: 'Newer' }));

    await screen.findByRole('link', { name: 'New' });
    expect(asked.some((query) => query.get('before') === 'old')).toBe(true);
    // Nothing newer: this is the first page, which keeps itself up to date.
    await waitFor(() => {
      expect(address()).toBe('/messages');
    });
  });

  it('offers a first message when nothing has been sent yet', async () => {
    listAnswers(() => HttpResponse.json(aPage([])));
    const { user } = openApp('/messages');

    expect(await screen.findByRole('heading', { name: 'Send your first message' })).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Copy the command' }));

    const copied = await navigator.clipboard.readText();
    expect(copied).toContain(`curl ${window.location.origin}/api/emails`);
    expect(copied).toContain('"password-reset"');
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeInTheDocument();
  });

  it('says when nothing matches, and clears the filter', async () => {
    listAnswers((query) => HttpResponse.json(aPage(query.has('to') ? [] : [aSummary()])));
    const { user, address } = openApp('/messages?to=nobody');

    const panel = await screen.findByRole('heading', { name: 'No message matches' });
    expect(panel).toBeInTheDocument();
    const [, clear] = screen.getAllByRole('button', { name: 'Clear the filter' });
    if (!clear) throw new Error('No button to clear the filter.');
    await user.click(clear);

    expect(await screen.findByRole('link', { name: 'Reset your password' })).toBeInTheDocument();
    expect(address()).toBe('/messages');
  });

  it('says what failed and tries again on demand', async () => {
    let broken = true;
    listAnswers(() =>
      broken
        ? failure(502, 'api_unreachable', 'The Mail API cannot be reached.')
        : HttpResponse.json(aPage([aSummary()])),
    );
    const { user } = openApp('/messages');

    const panel = await screen.findByRole('alert');
    expect(panel).toHaveTextContent('The API is not reachable');
    expect(panel).toHaveTextContent('api_unreachable The Mail API cannot be reached.');
    broken = false;
    await user.click(within(panel).getByRole('button', { name: 'Try again' }));

    expect(await screen.findByRole('link', { name: 'Reset your password' })).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('does not repeat a refusal by itself', async () => {
    const asked = listAnswers(() => failure(403, 'forbidden'));

    openApp('/messages');

    expect(await screen.findByRole('alert')).toHaveTextContent('You may not see this');
    expect(asked).toHaveLength(1);
  });

  it('shows an answer that it cannot read as a problem, and says where', async () => {
    listAnswers(() => HttpResponse.json(aPage([aSummary({ created_at: 'yesterday' })])));

    openApp('/messages');

    const panel = await screen.findByRole('alert');
    expect(panel).toHaveTextContent('The answer could not be understood');
    expect(panel).toHaveTextContent('data.0.created_at');
  });

  it('shows an answer that is not JSON as a problem', async () => {
    listAnswers(
      () => new HttpResponse('<html>Captive portal</html>', { headers: { 'Content-Type': 'text/html' } }),
    );

    openApp('/messages');

    expect(await screen.findByRole('alert')).toHaveTextContent('The answer could not be understood');
  });

  it('refreshes by itself, and keeps its rows when a refresh fails', async () => {
    let asked = 0;
    listAnswers(() => (++asked === 1 ? HttpResponse.json(aPage([aSummary()])) : failure(403, 'forbidden')));

    openApp('/messages');

    expect(await screen.findByText('Live')).toBeInTheDocument();
    expect(await screen.findByRole('alert')).toHaveTextContent('This may be out of date');
    expect(screen.getByText('Not updating')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Reset your password' })).toBeInTheDocument();
  });

  it('shows the messages of one key, until that condition is taken away', async () => {
    const asked = listAnswers(() => HttpResponse.json(aPage([aSummary()])));
    const { user, address } = openApp('/messages?key=k1');

    await user.click(await screen.findByRole('button', { name: 'Remove the condition: Of one API key' }));

    await waitFor(() => {
      expect(address()).toBe('/messages');
    });
    expect(asked[0]?.get('key')).toBe('k1');
    await waitFor(() => {
      expect(asked.at(-1)?.has('key')).toBe(false);
    });
  });

  it('speaks French', async () => {
    listAnswers(() => HttpResponse.json(aPage([aSummary({ last_event: 'bounced' })])));

    openApp('/messages', 'fr');

    const table = await screen.findByRole('table', { name: 'Messages, du plus récent au plus ancien' });
    expect(within(table).getByRole('columnheader', { name: 'Objet' })).toBeInTheDocument();
    expect(within(table).getByText('Rejeté')).toBeInTheDocument();
    expect(document.documentElement).toHaveAttribute('lang', 'fr');
  });
});
