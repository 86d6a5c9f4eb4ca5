import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';
import { openApiDocument } from '../api/document';
import { exampleBody } from '../api/examples';
import { referenceOf } from '../api/reference';

/** The document as it is: what the page cannot show of it is found here. */
const real: unknown = JSON.parse(readFileSync(resolve(process.cwd(), '../../docs/openapi.json'), 'utf8'));

const documentIs = () => {
  server.use(http.get('/api/openapi/v1.json', () => HttpResponse.json(real as object)));
};

describe('the API reference', () => {
  it('has an address of its own for each call, and a sample of each body', () => {
    const { groups, schemas } = referenceOf(openApiDocument.parse(real));
    const all = groups.flatMap(({ operations }) => operations);

    expect(all.length).toBeGreaterThan(200);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const one of all) {
      if (one.body) expect([one.id, exampleBody(one, schemas)]).not.toEqual([one.id, undefined]);
    }
  });

  it('lists the calls by group, and finds them by words kept in the address', async () => {
    documentIs();
    const { user, address } = openApp('/reference');
    expect(
      within(await screen.findByRole('list', { name: 'Emails' })).getByRole('link', { name: 'Send message' }),
    ).toBeInTheDocument();
    expect(screen.queryByText('/auth/sign-in')).not.toBeInTheDocument();

    await user.type(screen.getByLabelText('Search the calls'), 'webhooks replay');

    expect(await screen.findByText('1 call')).toBeInTheDocument();
    expect(address()).toBe('/reference?q=webhooks+replay');
    await user.clear(screen.getByLabelText('Search the calls'));
    await user.type(screen.getByLabelText('Search the calls'), 'xyzzy');
    expect(await screen.findByText('No call matches')).toBeInTheDocument();
  });

  it('shows a call with its parameters, body, answers, refusals and samples', async () => {
    documentIs();
    const { user } = openApp('/reference/patch-emails-id');

    expect(await screen.findByRole('heading', { level: 1, name: /message/i })).toBeInTheDocument();
    expect(screen.getByText('Needs emails:send')).toBeInTheDocument();
    expect(within(screen.getByRole('list', { name: 'Parameters' })).getByText('id')).toBeInTheDocument();
    expect(screen.getByText('scheduled_at')).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Answer 200' })).toBeInTheDocument();
    expect(screen.getByText('A field is wrong; the message names it.')).toBeInTheDocument();
    await user.selectOptions(screen.getByLabelText('Language of the samples'), 'C#');
    expect(screen.getByRole('region', { name: /\(C#\)/ })).toHaveTextContent(
      'HttpMethod.Patch, "http://localhost:3000/api/emails/',
    );
  });

  it('says when there is no such call', async () => {
    documentIs();
    openApp('/reference/get-nothing', 'fr');

    expect(await screen.findByText('Cet appel n’existe pas')).toBeInTheDocument();
  });

  it('offers to try again when the document does not come', async () => {
    server.use(http.get('/api/openapi/v1.json', () => failure(503, 'service_unavailable')));
    openApp('/reference');

    expect(await screen.findByRole('button', { name: 'Try again' })).toBeInTheDocument();
  });
});
