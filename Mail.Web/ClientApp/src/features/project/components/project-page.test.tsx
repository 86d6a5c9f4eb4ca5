import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { openApp } from '@/testing/open-app';
import { aProject } from '@/testing/operations-fixtures';
import { failure, server } from '@/testing/server';

beforeEach(() => {
  server.use(http.get('/api/project', () => HttpResponse.json(aProject())));
});

describe('the project', () => {
  it('saves each part by itself', async () => {
    const sent: unknown[] = [];
    server.use(
      http.patch('/api/project', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json(aProject({ alert_emails: ['ops@example.com'] }));
      }),
    );
    const { user } = openApp('/project');

    await user.type(
      await screen.findByRole('combobox', { name: 'Alert addresses' }),
      'ops@example.com{Enter}',
    );
    const section = within(screen.getByRole('region', { name: 'Alerts' }));
    await user.click(section.getByRole('button', { name: 'Save' }));

    expect(await screen.findByText('Saved.')).toBeInTheDocument();
    expect(sent).toEqual([{ alert_emails: ['ops@example.com'] }]);
  });

  it('says before saving that a shorter time removes mail, and keeps what was refused', async () => {
    server.use(
      http.patch('/api/project', () =>
        failure(
          422,
          'validation_error',
          '`retention.history_days` must be a number of days between 1 and 3650.',
        ),
      ),
    );
    const { user } = openApp('/project');

    const field = await screen.findByLabelText(/^Messages and events/);
    await user.clear(field);
    await user.type(field, '0');
    expect(screen.getByText(/is removed for good soon/)).toBeInTheDocument();
    await user.click(
      within(screen.getByRole('region', { name: 'How long mail is kept' })).getByRole('button', {
        name: 'Save',
      }),
    );

    expect(await screen.findByText(/must be a number of days/)).toBeInTheDocument();
    expect(field).toBeInvalid();
    expect(field).toHaveValue(0);
  });

  it('says what went wrong', async () => {
    server.use(http.get('/api/project', () => failure(500, 'internal_error', 'Oops.')));
    openApp('/project');

    expect(await screen.findByRole('button', { name: 'Try again' })).toBeInTheDocument();
  });
});
