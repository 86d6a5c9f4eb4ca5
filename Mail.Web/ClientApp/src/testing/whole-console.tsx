import { readFileSync } from 'node:fs';
import { createMemoryHistory } from '@tanstack/react-router';
import { act, fireEvent, render, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { vi } from 'vitest';
import type { z } from 'zod';
import { App } from '@/app/app';
import { createI18n } from '@/app/i18n';
import { createQueryClient } from '@/app/query-client';
import { createAppRouter } from '@/app/router';
import { api, nothing } from '@/shared/api/client';
import type { Language } from '@/shared/i18n/language';
import { aSession } from './fixtures';
import { sampleOf } from './sample';
import { failure, server } from './server';

/** How the API does: `held` answers only when `release` is called, `ended` knows the session no longer. */
export type Health = 'well' | 'held' | 'unreachable' | 'broken' | 'forbidden' | 'ended';

const patience = { timeout: 10_000, interval: 20 };

/**
 * The whole console in one mount, with an API that answers every call with the least that the caller's own schema takes: so that a test can go through all pages, and a new
 * page needs no fixture.
 */
export function openWholeConsole(
  language: Language = 'en',
  who: 'owner' | 'nobody' = 'owner',
  { start = who === 'owner' ? '/campaigns/new' : '/sign-in', i18n = createI18n(language) } = {},
) {
  const schemas = learnSchemas();
  const sent: string[] = [];
  let health: Health = 'well';
  let release: () => void = () => undefined;
  let held = Promise.resolve();

  const document = readFileSync('../../docs/openapi.json', 'utf8');
  const answer = (call: string, path: string): Response => {
    if (path === '/openapi/v1.json') return new HttpResponse(document);
    const schema = schemas.get(call);
    if (schema === 'text') return HttpResponse.text('Hello');
    if (schema === undefined || schema === nothing) return new HttpResponse(null, { status: 204 });
    return HttpResponse.json(sampleOf(schema) as object);
  };
  server.use(
    http.get('/api/auth/session', () =>
      who === 'owner' ? HttpResponse.json(aSession()) : failure(401, 'missing_session'),
    ),
    http.post('/api/auth/sign-in', () => HttpResponse.json(aSession())),
    http.all('/api/*', async ({ request }) => {
      const path = new URL(request.url).pathname.replace('/api', '');
      const call = `${request.method} ${path}`;
      const body = await request.text();
      if (request.method !== 'GET') sent.push(`${call} ${body}`);
      if (health === 'held') await held;
      switch (health) {
        case 'unreachable':
          return HttpResponse.error();
        case 'broken':
          return HttpResponse.json(
            { statusCode: 500, name: 'internal_server_error', message: 'Something went wrong on our side.' },
            { status: 500, headers: { 'X-Request-Id': '019aa2f0-7777-7000-8000-000000000001' } },
          );
        case 'forbidden':
          return failure(403, 'forbidden');
        case 'ended':
          return failure(401, 'missing_api_key');
        case 'held':
        case 'well':
          return answer(call, path);
      }
    }),
  );

  const router = createAppRouter(createMemoryHistory({ initialEntries: [start] }));
  const queries = createQueryClient();
  queries.setDefaultOptions({ queries: { ...queries.getDefaultOptions().queries, retryDelay: 0 } });
  const view = render(<App env="test" i18n={i18n} queries={queries} router={router} />);
  const ofPages = { predicate: ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[0] !== 'auth' };

  const pathname = () => router.state.resolvedLocation?.pathname;

  return {
    queries,
    router,
    /** Every call that was no GET, with its body. */
    sent,
    view,
    setHealth(next: Health) {
      health = next;
      if (next === 'held') held = new Promise((resolve) => (release = resolve));
    },
    /** Lets go what was held: it is answered by how the API does then. */
    release() {
      release();
    },
    /** Opens a page that knows nothing yet. */
    async go(address: string) {
      queries.removeQueries(ofPages);
      act(() => {
        router.history.push(address);
      });
      await waitFor(() => {
        if (pathname() !== address || router.state.status !== 'idle')
          throw new Error(`${address} does not open.`);
        if (who === 'owner' && !main()) throw new Error('The session is not known yet.');
      }, patience);
    },
    address: () => router.state.location.href,
    /** Whether the page that is open asks the API for anything. The banner above every page does not count. */
    asks: () =>
      queries
        .getQueryCache()
        .findAll({ type: 'active' })
        .some(
          ({ queryKey: [area] }) =>
            area !== 'auth' && (area !== 'alerts' || pathname()?.startsWith('/alerts')),
        ),
    /** Until nothing is being asked or sent. */
    settled: () =>
      waitFor(() => {
        if (queries.isFetching(ofPages) > 0 || queries.isMutating() > 0) throw new Error('It still asks.');
      }, patience),
  };
}

/** Which schema the console reads each answer with, by method and path. */
function learnSchemas() {
  const schemas = new Map<string, z.ZodType | 'text'>();
  interface Options {
    path?: Record<string, string | number>;
    schema?: z.ZodType;
  }
  const learn = (method: string, path: string, { path: values, schema }: Options) => {
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values?.[name] ?? ''));
    schemas.set(`${method} ${filled.split('?')[0] ?? ''}`, schema ?? 'text');
  };
  const verbs = { get: 'GET', getText: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH' } as const;
  const all = api as unknown as Record<string, (path: string, options: Options) => unknown>;
  for (const [verb, method] of Object.entries(verbs)) {
    const real = all[verb];
    vi.spyOn(all, verb).mockImplementation((path, options) => {
      learn(method, path, options);
      return real?.(path, options);
    });
  }
  return schemas;
}

export const main = () => document.querySelector('main');

const said = (element: Element | null | undefined) => {
  const text = (element?.textContent ?? '').trim();
  return text === '' ? (element?.querySelector('[aria-label]')?.getAttribute('aria-label') ?? '') : text;
};

/** What a page that works has, or what it lacks. */
export function lacking(retry: string): string | undefined {
  const heading = main()?.querySelector('h1');
  if (!said(heading)) return 'no heading';
  if (buttonsOf(main(), retry).length > 0)
    return `still a problem: ${said(main()?.querySelector('[role=alert]'))}`;
  return undefined;
}

export const alertsIn = (place: Element | null) =>
  [...(place?.querySelectorAll('[role=alert]') ?? [])]
    .map((alert) => said(alert))
    .filter((words) => words !== '');

/** The words of what holds the place of something that is on its way. */
export const waitingIn = (place: Element | null) =>
  [...(place?.querySelectorAll('[role=status]') ?? [])]
    .map((one) => `${said(one)}${one.getAttribute('aria-label') ?? ''}`)
    .filter((words) => words !== '');

export const buttonsOf = (place: Element | null, name: string) =>
  [...(place?.querySelectorAll<HTMLElement>('button') ?? [])].filter((button) => said(button) === name);

/** Presses every "Try again", as often as there is one, and waits until none is left. */
export async function tryAgain(retry: string, settled: () => Promise<void>) {
  for (let round = 0; round < 4 && buttonsOf(main(), retry).length > 0; round++) {
    for (const button of buttonsOf(main(), retry)) fireEvent.click(button);
    await settled();
  }
}

/** The dialog over the page that asks for the password again. */
export const signInDialog = () =>
  document.querySelector('[role=dialog] input[name=password]')?.closest('[role=dialog]');

export function signInWithin(place: Element) {
  const password = place.querySelector('input[name=password]');
  const form = password?.closest('form');
  if (!password || !form) throw new Error('There is no sign-in form.');
  for (const email of form.querySelectorAll<HTMLInputElement>('input[name=email]'))
    if (email.value === '') fireEvent.change(email, { target: { value: 'owner@example.com' } });
  fireEvent.change(password, { target: { value: 'correct horse' } });
  fireEvent.submit(form);
}
