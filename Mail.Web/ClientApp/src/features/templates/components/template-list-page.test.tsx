import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { aPage } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';
import { aTemplate, aTemplateSummary } from '@/testing/template-fixtures';

const builtIn = aTemplateSummary({
  id: null,
  key: 'welcome',
  name: 'Welcome',
  built_in: true,
  published_version: null,
  published_at: null,
  has_changes: false,
  locales: ['en', 'fr', 'de'],
});

const templatesAre = (...templates: unknown[]) => {
  server.use(http.get('/api/templates', () => HttpResponse.json(aPage(templates))));
};

describe('the templates', () => {
  it('are listed with their state, their languages and the last publication', async () => {
    templatesAre(aTemplateSummary(), builtIn);
    openApp('/templates');

    const list = within(await screen.findByRole('list', { name: 'Templates' }));
    const [own, other] = list.getAllByRole('listitem');
    expect(own).toHaveTextContent('Published v2');
    expect(own).toHaveTextContent('Unpublished changes');
    expect(list.getByRole('time')).toHaveAttribute('datetime', '2026-11-20T18:00:00Z');
    expect(other).toHaveTextContent('Built in');
    expect(list.getByRole('link', { name: 'Make Welcome your own' })).toHaveAttribute(
      'href',
      '/templates/new?from=welcome',
    );
  });

  it('are all read, page by page, before they are searched', async () => {
    const asked: (string | null)[] = [];
    server.use(
      http.get('/api/templates', ({ request }) => {
        const after = new URL(request.url).searchParams.get('after');
        asked.push(after);
        return HttpResponse.json(after ? aPage([builtIn]) : aPage([aTemplateSummary()], true));
      }),
    );
    openApp('/templates?q=welc');

    expect(await screen.findByText('Welcome')).toBeInTheDocument();
    expect(screen.queryByText('Order shipped')).not.toBeInTheDocument();
    expect(asked).toEqual([null, 't1']);
  });

  it('keep their filters in the address', async () => {
    templatesAre(aTemplateSummary(), builtIn);
    const { user, address } = openApp('/templates?state=built-in');

    expect(await screen.findByText('Welcome')).toBeInTheDocument();
    expect(screen.queryByText('Order shipped')).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Clear the filters' }));
    expect(await screen.findByText('Order shipped')).toBeInTheDocument();
    expect(address()).toBe('/templates');
  });

  it('say what went wrong, and are asked for again', async () => {
    let calls = 0;
    server.use(
      http.get('/api/templates', () =>
        calls++ === 0 ? failure(403, 'restricted_api_key') : HttpResponse.json(aPage([builtIn])),
      ),
    );
    const { user } = openApp('/templates', 'fr');

    await user.click(await screen.findByRole('button', { name: 'Réessayer' }));
    expect(await screen.findByText('Welcome')).toBeInTheDocument();
  });
});

describe('a new template', () => {
  it('begins as a copy of a built-in one, under its key', async () => {
    templatesAre(builtIn);
    const sent: unknown[] = [];
    server.use(
      http.post('/api/templates/welcome/duplicate', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json(aTemplate({ key: 'welcome' }), { status: 201 });
      }),
      http.get('/api/templates/welcome', () => HttpResponse.json(aTemplate({ key: 'welcome' }))),
      http.post('/api/templates/render', () => failure(503, 'mjml_unavailable')),
    );
    const { user, address } = openApp('/templates/new?from=welcome');

    expect(await screen.findByDisplayValue('welcome')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Create the draft' }));

    expect(await screen.findByRole('heading', { level: 1, name: 'Order shipped' })).toBeInTheDocument();
    expect(sent).toEqual([{ key: 'welcome', name: 'Welcome' }]);
    expect(address()).toBe('/templates/welcome');
  });

  it('says beside the key what the API does not take', async () => {
    templatesAre(builtIn);
    server.use(
      http.post('/api/templates', () =>
        failure(409, 'template_exists', '`key` is taken: there is one already.'),
      ),
    );
    const { user } = openApp('/templates/new');

    await user.type(await screen.findByRole('textbox', { name: /^Key/ }), 'order');
    await user.click(screen.getByRole('button', { name: 'Create the draft' }));

    expect(await screen.findByText('`key` is taken: there is one already.')).toBeInTheDocument();
    expect(screen.getByRole('textbox', { name: /^Key/ })).toBeInvalid();
    expect(screen.getByRole('textbox', { name: /^Key/ })).toHaveValue('order');
  });
});
