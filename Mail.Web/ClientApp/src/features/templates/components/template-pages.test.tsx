import { fireEvent, screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';
import { aLayout, anExperiment, aRendering, aTemplate, aVersion } from '@/testing/template-fixtures';

vi.mock('./monaco', async () => ({ Monaco: (await import('./plain-editor')).PlainEditor }));

const list = (...data: unknown[]) => HttpResponse.json({ object: 'list', has_more: false, data });

beforeEach(() => {
  vi.spyOn(HTMLFormElement.prototype, 'submit').mockImplementation(() => undefined);
  server.use(
    http.get('/api/templates/order-shipped', () => HttpResponse.json(aTemplate({ has_changes: false }))),
    http.get('/api/templates/order-shipped/versions', () =>
      list(aVersion(2, { is_published: true, note: 'Shorter' }), aVersion(1)),
    ),
    http.post('/api/templates/order-shipped/render', () => HttpResponse.json(aRendering())),
  );
});

describe('the versions of a template', () => {
  const diffs: string[] = [];

  beforeEach(() => {
    diffs.length = 0;
    server.use(
      http.get('/api/templates/order-shipped/diff', ({ request }) => {
        diffs.push(new URL(request.url).search);
        return HttpResponse.json({
          object: 'template_diff',
          from: 'v1',
          to: 'v2',
          files: [{ file: 'template.mjml', status: 'changed', diff: '@@ -1,2 +1,2 @@\n same\n-old\n+new\n' }],
        });
      }),
    );
  });

  it('are compared side by side, the last two at first', async () => {
    openApp('/templates/order-shipped/versions');

    const lines = await screen.findByRole('region', { name: 'Lines of template.mjml' });
    const rows = within(lines).getAllByRole('row');
    expect(rows[2]).toHaveTextContent(/Line 22.*old.*Line 22.*new/);
    expect(diffs).toEqual(['?from=1&to=2']);
    expect(document.querySelectorAll('iframe')).toHaveLength(2);
  });

  it('are gone back to after a question, and a refusal stays in it', async () => {
    let calls = 0;
    server.use(
      http.post('/api/templates/order-shipped/rollback', () =>
        calls++ === 0
          ? failure(409, 'experiment_running', 'An experiment is running.')
          : HttpResponse.json(aTemplate({ published_version: 1 })),
      ),
    );
    const { user } = openApp('/templates/order-shipped/versions');

    await user.click(await screen.findByRole('button', { name: 'Go back to it: Version 1' }));
    await user.click(screen.getByRole('button', { name: 'Go back' }));
    expect(await screen.findByText('An experiment is running.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Go back' }));
    expect(await screen.findByText('Messages take version 1 again.')).toBeInTheDocument();
  });
});

describe('an A/B test', () => {
  it('is set up with arms and a rule, and says what is refused', async () => {
    const sent: unknown[] = [];
    server.use(
      http.post('/api/templates/order-shipped/experiments', async ({ request }) => {
        sent.push(await request.json());
        return failure(422, 'validation_error', '`arms.1.name` must be small letters.');
      }),
    );
    const { user } = openApp('/templates/order-shipped/experiments/new');

    await user.type(await screen.findByLabelText(/^Name/, { selector: '[required]' }), 'A shorter subject');
    await user.click(screen.getByRole('switch', { name: /^A rule chooses/ }));
    await user.click(screen.getByRole('button', { name: 'Create the draft' }));

    expect(await screen.findByText('`arms.1.name` must be small letters.')).toBeInTheDocument();
    expect(sent).toEqual([
      {
        name: 'A shorter subject',
        arms: [
          { name: 'now', version: 2, weight: 1 },
          { name: 'new', version: 1, weight: 1 },
        ],
        rule: { metric: 'clicked', minimum_recipients: 1000, after_hours: 24, otherwise: 'continue' },
      },
    ]);
  });

  it('shows the results of each arm in the words of the API, and is concluded', async () => {
    const concluded: unknown[] = [];
    server.use(
      http.get('/api/templates/order-shipped/experiments/x1', () => HttpResponse.json(anExperiment())),
      http.post('/api/templates/order-shipped/experiments/x1/conclude', async ({ request }) => {
        concluded.push(await request.json());
        return HttpResponse.json(anExperiment({ status: 'concluded', winner: 'short' }));
      }),
    );
    const { user } = openApp('/templates/order-shipped/experiments/x1');

    const results = await screen.findByRole('region', { name: 'Arms' });
    expect(within(results).getByText('Higher than the first')).toBeInTheDocument();
    expect(within(results).getByText('Not enough data')).toBeInTheDocument();
    expect(screen.getByText('It is still running.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Conclude…' }));
    await user.click(await screen.findByRole('radio', { name: 'short (v2)' }));
    await user.click(screen.getByRole('button', { name: 'Publish this arm' }));
    await vi.waitFor(() => {
      expect(concluded).toEqual([{ arm: 'short' }]);
    });
  });
});

describe('a layout', () => {
  it('is changed partial by partial and saved as a whole', async () => {
    const sent: unknown[] = [];
    server.use(
      http.get('/api/template-layouts/_shop', () => HttpResponse.json(aLayout())),
      http.put('/api/template-layouts/_shop', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json(aLayout());
      }),
    );
    const { user } = openApp('/template-layouts/_shop');

    fireEvent.change(await screen.findByRole('textbox', { name: 'header.mjml' }), {
      target: { value: '<mj-text>New</mj-text>' },
    });
    await user.type(screen.getByRole('textbox', { name: 'File name' }), 'header.mjml');
    await user.click(screen.getByRole('button', { name: 'Add a partial' }));
    expect(screen.getByText('There is a partial of this name.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Save' }));

    expect(await screen.findByText(/Everything is saved/)).toBeInTheDocument();
    expect(sent).toMatchObject([{ partials: { 'header.mjml': '<mj-text>New</mj-text>' }, footer: null }]);
  });

  it('that is not there says so', async () => {
    server.use(http.get('/api/template-layouts/_none', () => failure(404, 'not_found')));
    openApp('/template-layouts/_none');

    expect(await screen.findByText('Not found')).toBeInTheDocument();
  });
});
