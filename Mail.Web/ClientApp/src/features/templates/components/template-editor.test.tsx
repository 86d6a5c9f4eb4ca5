import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { aPage, aSession } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';
import { aProblem, aRendering, aTemplate } from '@/testing/template-fixtures';

// What Monaco does is seen in a real browser (TemplateConsoleTests); here a field of the browser's own stands in its place.
vi.mock('./monaco', async () => ({ Monaco: (await import('./plain-editor')).PlainEditor }));

const rendered: { locale: string; template: Record<string, unknown> }[] = [];

beforeEach(() => {
  rendered.length = 0;
  vi.spyOn(HTMLFormElement.prototype, 'submit').mockImplementation(() => undefined);
});

function templateIs(
  template: ReturnType<typeof aTemplate>,
  answer: () => Response = () => HttpResponse.json(aRendering()),
) {
  server.use(
    http.get('/api/template-layouts', () => HttpResponse.json(aPage([]))),
    http.get('/api/templates/order-shipped', () => HttpResponse.json(template)),
    http.post('/api/templates/render', async ({ request }) => {
      rendered.push((await request.json()) as (typeof rendered)[number]);
      return answer();
    }),
  );
}

function patched(answer: (body: Record<string, unknown>) => Response) {
  const sent: Record<string, unknown>[] = [];
  server.use(
    http.patch('/api/templates/order-shipped', async ({ request }) => {
      const body = (await request.json()) as Record<string, unknown>;
      sent.push(body);
      return answer(body);
    }),
  );
  return sent;
}

const design = () => screen.findByRole('textbox', { name: 'Design (MJML)' });
const write = async (value: string) => {
  fireEvent.change(await design(), { target: { value } });
};

describe('the editor of a template', () => {
  it('shows what is typed as its recipient sees it, in the language of the address', async () => {
    templateIs(aTemplate());
    openApp('/templates/order-shipped?locale=fr');

    expect(await screen.findByText('Hello Ada')).toBeInTheDocument();
    await write('<mjml>new</mjml>');
    await waitFor(() => {
      expect(rendered.at(-1)).toMatchObject({
        locale: 'fr',
        template: { key: 'order-shipped', mjml: '<mjml>new</mjml>' },
      });
    });
    expect(document.querySelector('input[name="html"]')).toHaveValue('<p>Hello Ada</p>');
  });

  it('lists what was found, and leads to its place', async () => {
    templateIs(aTemplate(), () => HttpResponse.json(aRendering({ problems: [aProblem()] })));
    const { user } = openApp('/templates/order-shipped?tab=settings');

    const list = await screen.findByRole('region', { name: 'Problems' });
    expect(await within(list).findByText('1 warning')).toBeInTheDocument();
    await user.click(within(list).getByRole('button', { name: 'template.mjml, line 2, column 3' }));

    const field = (await design()) as HTMLTextAreaElement;
    await waitFor(() => {
      expect(field.selectionStart).toBe('<mjml>\n  '.length);
    });
  });

  it('tells the errors of a draft that cannot be rendered, and keeps what was seen', async () => {
    let broken = false;
    templateIs(aTemplate(), () =>
      broken
        ? HttpResponse.json(
            {
              statusCode: 422,
              name: 'template_has_errors',
              message: 'One error.',
              problems: [aProblem({ severity: 'error', message: 'A tag is not closed.' })],
            },
            { status: 422 },
          )
        : HttpResponse.json(aRendering()),
    );
    openApp('/templates/order-shipped');
    expect(await screen.findByText('Hello Ada')).toBeInTheDocument();
    broken = true;
    await write('<mjml>');

    expect(await screen.findByText('A tag is not closed.')).toBeInTheDocument();
    expect(screen.getByText(/last state that could be rendered/)).toBeInTheDocument();
    expect(screen.getByText('Hello Ada')).toBeInTheDocument();
  });

  it('saves by the keyboard, to the revision that was read', async () => {
    templateIs(aTemplate());
    const sent = patched((body) => HttpResponse.json(aTemplate({ ...body, revision: 6 })));
    const { user } = openApp('/templates/order-shipped');
    await write('<mjml>new</mjml>');
    expect(screen.getByText(/There are unsaved changes/)).toBeInTheDocument();

    await user.keyboard('{Control>}s{/Control}');

    expect(await screen.findByText(/Everything is saved/)).toBeInTheDocument();
    expect(sent).toMatchObject([
      { revision: 5, mjml: '<mjml>new</mjml>', variables: { name: { type: 'string', required: true } } },
    ]);
  });

  it('keeps what was typed over a reload, and offers it back', async () => {
    templateIs(aTemplate());
    openApp('/templates/order-shipped');
    await write('<mjml>mine</mjml>');
    await waitFor(() => {
      expect(Object.keys(localStorage).some((key) => key.startsWith('mail.unsaved.u1.p1.template'))).toBe(
        true,
      );
    });
    document.body.replaceChildren();
    const { user } = openApp('/templates/order-shipped');

    expect(await screen.findByText('You had typed something that was not saved')).toBeInTheDocument();
    expect(await design()).toHaveAttribute('readonly');
    await user.click(screen.getByRole('button', { name: 'Take it back' }));
    expect(await design()).toHaveValue('<mjml>mine</mjml>');
  });

  it('does not overwrite what somebody else has saved before it is asked to', async () => {
    templateIs(aTemplate());
    const sent = patched((body) =>
      body.revision === 5
        ? failure(409, 'changed_meanwhile', 'Somebody else changed the template meanwhile.')
        : HttpResponse.json(aTemplate({ ...body, revision: 8 })),
    );
    const { user } = openApp('/templates/order-shipped');
    await write('<mjml>mine</mjml>');
    await user.click(screen.getByRole('button', { name: 'Save' }));

    expect(await screen.findByText('Somebody else has saved this template meanwhile')).toBeInTheDocument();
    expect(await design()).toHaveValue('<mjml>mine</mjml>');
    templateIs(aTemplate({ revision: 7, mjml: '<mjml>theirs</mjml>' }));
    await user.click(screen.getByRole('button', { name: 'Save mine in its place' }));
    expect(await screen.findByText(/Everything is saved/)).toBeInTheDocument();
    expect(sent.map(({ revision }) => revision)).toEqual([5, 7]);
  });

  it('marks texts that a language lacks, beside the default one', async () => {
    templateIs(aTemplate());
    const { user } = openApp('/templates/order-shipped?tab=texts');

    expect(await screen.findByText('Missing in fr')).toBeInTheDocument();
    await user.type(screen.getByLabelText('left in fr'), 'Partie.');
    expect(screen.queryByText('Missing in fr')).not.toBeInTheDocument();
    await waitFor(() => {
      expect(rendered.at(-1)?.template.strings).toEqual({
        en: { subject: 'Hello {{name}}', left: 'It left.' },
        fr: { subject: 'Bonjour {{name}}', left: 'Partie.' },
      });
    });
  });

  it('takes sample data as JSON, and says what is none', async () => {
    templateIs(aTemplate());
    const { user } = openApp('/templates/order-shipped');
    await screen.findByText('Hello Ada');
    await user.click(screen.getByRole('radio', { name: 'JSON' }));
    const field = screen.getByRole('textbox', { name: 'Sample data' });

    fireEvent.change(field, { target: { value: '{"name":' } });
    expect(await screen.findByText(/This is not JSON yet/)).toBeInTheDocument();
    fireEvent.change(field, { target: { value: '{"name":"Bob"}' } });
    await waitFor(() => {
      expect(rendered.at(-1)?.template.sample).toEqual({ name: 'Bob' });
    });
  });

  it('shows people who only look everything, and lets them change nothing', async () => {
    server.use(
      http.get('/api/auth/session', () =>
        HttpResponse.json({ ...aSession(), projects: [{ id: 'p1', name: 'Bakery', role: 'viewer' }] }),
      ),
    );
    templateIs(aTemplate());
    openApp('/templates/order-shipped', 'fr');

    expect(await screen.findByText(/Vous pouvez regarder les modèles/)).toBeInTheDocument();
    expect(await screen.findByRole('textbox', { name: 'Mise en page (MJML)' })).toHaveAttribute('readonly');
    expect(screen.queryByRole('button', { name: 'Publier…' })).not.toBeInTheDocument();
  });

  it('publishes what was saved, with the problems before it', async () => {
    templateIs(aTemplate(), () => HttpResponse.json(aRendering({ problems: [aProblem()] })));
    patched((body) => HttpResponse.json(aTemplate({ ...body, revision: 6 })));
    const published: unknown[] = [];
    server.use(
      http.post('/api/templates/order-shipped/publish', async ({ request }) => {
        published.push(await request.json());
        return HttpResponse.json({
          object: 'template',
          id: 't1',
          key: 'order-shipped',
          version: 3,
          problems: [],
        });
      }),
    );
    const { user } = openApp('/templates/order-shipped');
    await write('<mjml>new</mjml>');
    await user.click(screen.getByRole('button', { name: 'Publish…' }));

    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText('1 warning')).toBeInTheDocument();
    await user.type(within(dialog).getByLabelText('What is new'), 'Shorter');
    await user.click(await within(dialog).findByRole('button', { name: 'Save and publish' }));
    expect(await screen.findByText('Version 3 is published.')).toBeInTheDocument();
    expect(published).toEqual([{ note: 'Shorter' }]);
  });

  it('sends a test mail, and says beside the address why not', async () => {
    templateIs(aTemplate());
    let calls = 0;
    server.use(
      http.post('/api/templates/order-shipped/test', () =>
        calls++ === 0
          ? failure(422, 'validation_error', '`to` is not an address.')
          : HttpResponse.json({ id: 'm1', subject: '[Test] Hello Ada', locale: 'en' }),
      ),
    );
    const { user } = openApp('/templates/order-shipped');
    await user.click(await screen.findByRole('button', { name: 'More' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Send a test mail' }));

    await user.type(await screen.findByLabelText(/^To/), 'ada@example.net');
    await user.click(screen.getByRole('button', { name: 'Send' }));
    expect(await screen.findByText('`to` is not an address.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Send' }));
    expect(await screen.findByRole('link', { name: 'Follow it' })).toHaveAttribute('href', '/messages/m1');
  });
});
