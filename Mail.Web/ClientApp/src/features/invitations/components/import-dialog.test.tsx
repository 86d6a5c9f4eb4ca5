import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { aCampaign, anInviteRun, someMetrics } from '@/testing/campaign-fixtures';
import { aPage } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

const aReport = (values: Record<string, unknown> = {}) => ({
  object: 'candidate_import',
  dry_run: true,
  rows: 3,
  added: 2,
  changed: 0,
  unchanged: 0,
  refused: 1,
  errors: [{ row: 4, column: 'email', message: 'is not an address.' }],
  ...values,
});

beforeEach(() => {
  server.use(
    http.get('/api/campaigns/c1', () => HttpResponse.json(aCampaign())),
    http.get('/api/campaigns/c1/metrics', () => HttpResponse.json(someMetrics())),
    http.get('/api/campaigns/c1/invite', () => HttpResponse.json(anInviteRun())),
    http.get('/api/campaigns/c1/candidates', () => HttpResponse.json(aPage([]))),
  );
});

async function choose(user: ReturnType<typeof openApp>['user'], open: string) {
  await user.click(await screen.findByRole('button', { name: open }));
  const dialog = await screen.findByRole('dialog');
  const input = document.querySelector<HTMLInputElement>('input[type=file]') ?? dialog;
  await user.upload(input, new File(['application_id,email\n'], 'list.csv', { type: 'text/csv' }));
  return within(dialog);
}

describe('a file of candidates', () => {
  it('is tried first, tells wrong rows by row and column, and is taken after that', async () => {
    const asked: (string | null)[] = [];
    server.use(
      http.post('/api/campaigns/c1/candidates/import', ({ request }) => {
        const dry = new URL(request.url).searchParams.get('dry_run');
        asked.push(dry);
        return HttpResponse.json(aReport({ dry_run: dry === 'true' }));
      }),
    );
    const { user } = openApp('/campaigns/c1');

    const dialog = await choose(user, 'Import');
    await user.click(dialog.getByRole('button', { name: 'Check the file' }));

    const row = within(await dialog.findByRole('table')).getAllByRole('row')[1];
    expect(row).toHaveTextContent('4');
    expect(row).toHaveTextContent('email');
    expect(row).toHaveTextContent('is not an address.');
    expect(
      dialog.getByText(/Nothing is stored yet.*2 new candidates · 1 row with an error/),
    ).toBeInTheDocument();
    expect(asked).toEqual(['true']);

    await user.click(dialog.getByRole('button', { name: 'Import 2 candidates' }));
    expect(await dialog.findByText(/^Imported: 2 new candidates/)).toBeInTheDocument();
    expect(asked).toEqual(['true', 'false']);
    expect(dialog.queryByRole('button', { name: /^Import/ })).not.toBeInTheDocument();
  });

  it('is not taken when it brings nothing', async () => {
    server.use(
      http.post('/api/campaigns/c1/candidates/import', () =>
        HttpResponse.json(aReport({ added: 0, errors: [{ row: 2, column: null, message: 'has 9 cells.' }] })),
      ),
    );
    const { user } = openApp('/campaigns/c1', 'fr');

    const dialog = await choose(user, 'Importer');
    await user.click(dialog.getByRole('button', { name: 'Vérifier le fichier' }));

    expect(await dialog.findByText('toute la ligne')).toBeInTheDocument();
    expect(dialog.getByRole('button', { name: 'Importer 0 candidat' })).toBeDisabled();
  });

  it('that cannot be read at all says why', async () => {
    server.use(
      http.post('/api/campaigns/c1/candidates/import', () =>
        failure(422, 'validation_error', '`file` is empty.'),
      ),
    );
    const { user } = openApp('/campaigns/c1');

    const dialog = await choose(user, 'Import');
    await user.click(dialog.getByRole('button', { name: 'Check the file' }));

    expect(await dialog.findByRole('alert')).toHaveTextContent('`file` is empty.');
  });
});
