import { fireEvent, screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { aPage, aSession } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { commonEn } from '@/shared/i18n/common.en';
import { failure, server } from '@/testing/server';
import { aLayout, anExperiment, aRendering, aTemplate, aVersion } from '@/testing/template-fixtures';
import { alertsIn, main, signInDialog, signInWithin } from '@/testing/whole-console';

vi.mock('./monaco', async () => ({ Monaco: (await import('./plain-editor')).PlainEditor }));

const template = '/api/templates/order-shipped';
const typed = '<mjml>Bonjour à tous</mjml>';

interface Work {
  address: string;
  save: 'patch' | 'put' | 'post';
  to: string;
  saved: () => object;
  field: () => Promise<HTMLElement>;
  button: string;
}

/** What every-form does not reach: saved by a button that stands in no form, or shown only with more than one version. */
const works: Record<string, Work> = {
  'a template': {
    address: '/templates/order-shipped',
    save: 'patch',
    to: template,
    saved: () => aTemplate({ mjml: typed, revision: 6 }),
    field: () => screen.findByRole('textbox', { name: 'Design (MJML)' }),
    button: 'Save',
  },
  'a layout': {
    address: '/template-layouts/_shop',
    save: 'put',
    to: '/api/template-layouts/_shop',
    saved: () => aLayout({ partials: { 'header.mjml': typed } }),
    field: () => screen.findByRole('textbox', { name: 'header.mjml' }),
    button: 'Save',
  },
  'an experiment': {
    address: '/templates/order-shipped/experiments/new',
    save: 'post',
    to: `${template}/experiments`,
    saved: () => anExperiment(),
    field: () => screen.findByLabelText(/^Name/, { selector: '[required]' }),
    button: 'Create the draft',
  },
};

beforeEach(() => {
  vi.spyOn(HTMLFormElement.prototype, 'submit').mockImplementation(() => undefined);
  server.use(
    http.get('/api/template-layouts', () => HttpResponse.json(aPage([]))),
    http.get('/api/template-layouts/_shop', () => HttpResponse.json(aLayout())),
    http.get(template, () => HttpResponse.json(aTemplate())),
    http.get(`${template}/versions`, () =>
      HttpResponse.json(aPage([aVersion(2, { is_published: true }), aVersion(1)])),
    ),
    http.get(`${template}/experiments/:id`, () => HttpResponse.json(anExperiment())),
    http.post('/api/templates/render', () => HttpResponse.json(aRendering())),
    http.post(`${template}/render`, () => HttpResponse.json(aRendering())),
    http.post('/api/auth/sign-in', () => HttpResponse.json(aSession())),
  );
});

describe('work that cannot be saved', () => {
  it.each(Object.entries(works))(
    'on %s stays where it is, with why, and is saved when somebody has signed in again',
    async (_, { address, save, to, saved, field, button }) => {
      const sent: unknown[] = [];
      let answer: () => Response = () => HttpResponse.json(saved());
      server.use(
        http[save](to, async ({ request }) => {
          sent.push(await request.json());
          return answer();
        }),
      );
      const { user } = openApp(address);
      fireEvent.change(await field(), { target: { value: typed } });
      const press = () => user.click(screen.getByRole('button', { name: button }));

      for (const [why, refused] of [
        [commonEn.problem.network_unreachable.title, () => HttpResponse.error()],
        [commonEn.problem.server.title, () => failure(500, 'internal_server_error', 'It went wrong.')],
        ['You may not do this.', () => failure(403, 'forbidden', 'You may not do this.')],
      ] as const) {
        answer = refused;
        const before = sent.length;
        await press();
        await waitFor(() => {
          expect(sent.length, why).toBeGreaterThan(before);
          expect(alertsIn(main()).join()).toContain(why);
        });
        expect(await field(), why).toHaveValue(typed);
      }

      answer = () => failure(401, 'missing_api_key', 'Sign in.');
      await press();
      const dialog = await waitFor(() => {
        const found = signInDialog();
        if (!found) throw new Error('nobody asks to sign in again');
        return found;
      });
      const before = sent.length;
      answer = () => HttpResponse.json(saved());
      signInWithin(dialog);
      await waitFor(() => {
        expect(sent.length).toBe(before + 1);
      });
      expect(JSON.stringify(sent.at(-1))).toContain('Bonjour à tous');
      expect(sent.at(-1)).toEqual(sent.at(0)); // the first try, word for word
    },
  );
});
