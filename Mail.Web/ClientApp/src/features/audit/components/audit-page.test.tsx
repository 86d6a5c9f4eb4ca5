import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { anApiKey, anAuditLine, aListOf, aMember } from '@/testing/access-fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

function logIs(lines: unknown[], hasMore = false) {
  const asked: URLSearchParams[] = [];
  server.use(
    http.get('/api/members', () => HttpResponse.json(aListOf(aMember()))),
    http.get('/api/api-keys', () => HttpResponse.json(aListOf(anApiKey()))),
    http.get('/api/audit-log', ({ request }) => {
      asked.push(new URL(request.url).searchParams);
      return HttpResponse.json({ object: 'list', has_more: hasMore, data: lines });
    }),
  );
  return asked;
}

describe('the audit log', () => {
  it('says who changed what, from where, and what differs', async () => {
    logIs([
      anAuditLine(),
      anAuditLine({
        id: 'l2',
        action: 'api_key.create',
        actor: { kind: 'api_key', id: 'k1', name: 'shop' },
        outcome: 'unknown',
        before: null,
        after: { name: 'a', b: 1, c: 2, d: 3, e: 4 },
      }),
    ]);
    openApp('/audit-log');

    const lines = within(await screen.findByRole('list', { name: 'Audit log' })).getAllByRole('listitem');
    expect(lines[0]).toHaveTextContent('relay.change');
    expect(lines[0]).toHaveTextContent('owner@example.com');
    expect(lines[0]).toHaveTextContent('203.0.113.9');
    expect(lines[0]).toHaveTextContent('Before: main');
    expect(lines[0]).toHaveTextContent('After: second');
    expect(lines[1]).toHaveTextContent('Not known whether it was done');
    expect(lines[1]).toHaveTextContent('5 fields');
  });

  it('is filtered in the address, and downloaded as it is filtered', async () => {
    const asked = logIs([anAuditLine()]);
    const { user, address } = openApp('/audit-log?since=2026-11-01&until=2026-11-30');
    await screen.findByRole('option', { name: 'shop' });

    await user.selectOptions(screen.getByLabelText('What'), 'relay');
    await user.selectOptions(screen.getByLabelText('Who'), 'k1');

    await screen.findByRole('list', { name: 'Audit log' });
    expect(address()).toBe('/audit-log?since=2026-11-01&until=2026-11-30&action=relay&actor_id=k1');
    const last = asked.at(-1);
    expect([last?.get('action'), last?.get('actor_id')]).toEqual(['relay', 'k1']);
    expect(last?.get('since')).toBe(new Date(2026, 10, 1).toISOString());
    expect(last?.get('until')).toBe(new Date(2026, 11, 1).toISOString()); // the last day is in it
    expect(screen.getByRole('link', { name: 'Download as CSV' }).getAttribute('href')).toMatch(
      /^\/api\/audit-log\/export\?action=relay&actor_id=k1&since=.*&until=.*&project=p1$/,
    );
  });

  it('is narrowed by a click on who or what stands in a line, and turned by pages', async () => {
    const asked = logIs([anAuditLine()], true);
    const { user, address } = openApp('/audit-log');

    await user.click(await screen.findByRole('button', { name: 'r1' }));
    expect(address()).toBe('/audit-log?subject_id=r1');
    await user.click(await screen.findByRole('button', { name: 'Older' }));
    expect(address()).toBe('/audit-log?subject_id=r1&after=l1');
    await waitFor(() => {
      expect(asked.at(-1)?.get('after')).toBe('l1');
    });
    await user.click(await screen.findByRole('button', { name: 'Newest' }));

    expect(address()).toBe('/audit-log?subject_id=r1');
  });

  it('says when nothing matches, and how to see everything again', async () => {
    logIs([]);
    const { user, address } = openApp('/audit-log?action=webhook');

    await user.click(await screen.findByRole('button', { name: 'Show everything' }));

    expect(address()).toBe('/audit-log');
    expect(await screen.findByText('Nothing was changed yet')).toBeInTheDocument();
  });

  it('tells whose role does not allow it', async () => {
    logIs([]);
    server.use(http.get('/api/audit-log', () => failure(401, 'restricted_api_key')));
    openApp('/audit-log', 'fr');

    expect(await screen.findByText('Vous n’avez pas accès à ceci')).toBeInTheDocument();
  });
});
