import { fireEvent, screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { aPage, aSession } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';
import { aLayout, aRendering, aTemplate } from '@/testing/template-fixtures';
import type { BuilderProps } from './builder';

vi.mock('./monaco', async () => ({ Monaco: (await import('./plain-editor')).PlainEditor }));
// What grapesjs does is seen in a real browser (TemplateBuilderTests); here stands what it is given, and a button that changes it.
vi.mock('./builder', () => ({
  Builder: ({ source, partials, onChange }: BuilderProps) => (
    <div data-testid="builder" data-partials={Object.keys(partials).join()}>
      {source}
      <button
        type="button"
        onClick={() => {
          onChange(source.replace('old', 'new'));
        }}
      >
        Change
      </button>
      <button
        type="button"
        onClick={() => {
          onChange('<mjml>{{#if');
        }}
      >
        Break
      </button>
    </div>
  ),
}));

let width = 1280;

beforeEach(() => {
  width = 1280;
  vi.spyOn(HTMLFormElement.prototype, 'submit').mockImplementation(() => undefined);
  vi.spyOn(window, 'matchMedia').mockImplementation((query) => {
    const least = /min-width: (\d+)px/.exec(query)?.[1];
    return Object.assign(new EventTarget(), {
      matches: least !== undefined && width >= Number(least),
      media: query,
    }) as MediaQueryList;
  });
});

const mjml =
  '<mjml>\n  <mj-body><mj-section><mj-column><mj-text>old</mj-text></mj-column></mj-section></mj-body>\n</mjml>';

function templateIs(template: ReturnType<typeof aTemplate>) {
  server.use(
    http.get('/api/template-layouts', () => HttpResponse.json(aPage([]))),
    http.get('/api/templates/order-shipped', () => HttpResponse.json(template)),
    http.post('/api/templates/render', () => HttpResponse.json(aRendering())),
  );
}

const design = () => screen.findByRole('textbox', { name: 'Design (MJML)' });

describe('the visual mode of a design', () => {
  it('writes into the same draft as the code, and is part of the address', async () => {
    templateIs(aTemplate({ mjml }));
    const sent: Record<string, unknown>[] = [];
    server.use(
      http.patch('/api/templates/order-shipped', async ({ request }) => {
        sent.push((await request.json()) as Record<string, unknown>);
        return HttpResponse.json(aTemplate({ mjml: mjml.replace('old', 'new'), revision: 6 }));
      }),
    );
    const { user } = openApp('/templates/order-shipped');
    await user.click(await screen.findByRole('radio', { name: 'Visual' }));
    expect(await screen.findByTestId('builder')).toHaveTextContent('old');

    await user.click(screen.getByRole('button', { name: 'Change' }));
    expect(screen.getByText(/There are unsaved changes/)).toBeInTheDocument();
    await user.keyboard('{Control>}s{/Control}');
    expect(await screen.findByText(/Everything is saved/)).toBeInTheDocument();
    expect(sent).toMatchObject([{ revision: 5, mjml: mjml.replace('old', 'new') }]);

    await user.click(screen.getByRole('radio', { name: 'Code' }));
    expect(await design()).toHaveValue(mjml.replace('old', 'new'));
  });

  it('says why a design is only code, and leads to the place', async () => {
    templateIs(aTemplate({ mjml: '<mjml>\n  <mj-body>\n    <mj-section>\n  </mj-body>\n</mjml>' }));
    const { user } = openApp('/templates/order-shipped?mode=visual');

    expect(await screen.findByText(/In line 4 <\/mj-body> closes nothing/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show the place in the code' }));
    const field = (await design()) as HTMLTextAreaElement;
    await waitFor(() => {
      expect(field.value.slice(0, field.selectionStart).split('\n')).toHaveLength(4);
    });
  });

  it('stays open while words are typed that are not whole yet', async () => {
    templateIs(aTemplate({ mjml }));
    const { user } = openApp('/templates/order-shipped?mode=visual');
    await user.click(await screen.findByRole('button', { name: 'Break' }));

    expect(screen.getByTestId('builder')).toBeInTheDocument();
    await user.click(screen.getByRole('radio', { name: 'Code' }));
    expect(await design()).toHaveValue('<mjml>{{#if');
    await user.click(screen.getByRole('radio', { name: 'Visual' }));
    expect(await screen.findByText('This design can be written as code only')).toBeInTheDocument();
  });

  it('knows what the layout says of all tags; without an answer it shows the design as it is', async () => {
    templateIs(aTemplate({ mjml, layout: '_shop' }));
    server.use(http.get('/api/template-layouts/_shop', () => HttpResponse.json(aLayout())));
    openApp('/templates/order-shipped?mode=visual');

    expect(await screen.findByTestId('builder')).toHaveAttribute('data-partials', 'header.mjml');
  });

  it('does not wait for a layout that is refused', async () => {
    templateIs(aTemplate({ mjml, layout: '_gone' }));
    server.use(
      http.get('/api/template-layouts/_gone', () => failure(404, 'not_found', 'There is no layout `_gone`.')),
    );
    openApp('/templates/order-shipped?mode=visual');

    expect(await screen.findByTestId('builder')).toHaveTextContent('old');
  });

  it('is not offered on a narrow screen, which is said', async () => {
    width = 800;
    templateIs(aTemplate({ mjml }));
    openApp('/templates/order-shipped?mode=visual', 'fr');

    expect(await screen.findByText(/Sur un écran de 1000 pixels ou plus/)).toBeInTheDocument();
    expect(screen.queryByRole('radio', { name: 'Visuel' })).not.toBeInTheDocument();
    expect(screen.queryByTestId('builder')).not.toBeInTheDocument();
  });

  it('is not offered for finished HTML', async () => {
    templateIs(aTemplate({ mjml: null, html: '<p>old</p>' }));
    openApp('/templates/order-shipped?mode=visual');

    expect(await screen.findByRole('textbox', { name: 'Design (HTML)' })).toHaveValue('<p>old</p>');
    expect(screen.queryByRole('radio', { name: 'Visual' })).not.toBeInTheDocument();
  });

  it('is not offered to people who only look', async () => {
    server.use(
      http.get('/api/auth/session', () =>
        HttpResponse.json({ ...aSession(), projects: [{ id: 'p1', name: 'Bakery', role: 'viewer' }] }),
      ),
    );
    templateIs(aTemplate({ mjml }));
    openApp('/templates/order-shipped?mode=visual');
    expect(await design()).toHaveAttribute('readonly');
    expect(screen.queryByRole('radio', { name: 'Visual' })).not.toBeInTheDocument();
  });

  it('gives way to a draft that is taken back', async () => {
    templateIs(aTemplate({ mjml }));
    openApp('/templates/order-shipped');
    fireEvent.change(await design(), { target: { value: mjml.replace('old', 'mine') } });
    await waitFor(() => {
      expect(Object.keys(localStorage).some((key) => key.startsWith('mail.unsaved.'))).toBe(true);
    });
    document.body.replaceChildren();
    const { user } = openApp('/templates/order-shipped?mode=visual');
    await user.click(await screen.findByRole('button', { name: 'Take it back' }));

    expect(await screen.findByTestId('builder')).toHaveTextContent('mine');
  });
});
