import { focusManager } from '@tanstack/react-query';
import { act, screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { anAlert, anAlertList } from '@/testing/fixtures';
import { aSessionAs } from '@/testing/access-fixtures';
import { aRelay, relayKinds } from '@/testing/relay-fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

beforeEach(() => {
  server.use(http.get('/api/relay-kinds', () => HttpResponse.json(relayKinds)));
  server.use(http.get('/api/alerts', () => HttpResponse.json(anAlertList())));
});

const relaysAre = (...data: unknown[]) => {
  server.use(http.get('/api/relays', () => HttpResponse.json({ object: 'list', data })));
};

function bodies(method: 'post' | 'patch', path: string, answer: () => Response) {
  const sent: unknown[] = [];
  server.use(
    http[method](path, async ({ request }) => {
      sent.push(await request.json());
      return answer();
    }),
  );
  return sent;
}

/** As events: each step, then all of them. */
const examination = (report: { steps: unknown[]; [more: string]: unknown }) =>
  new HttpResponse(
    [...report.steps.map((step) => ['step', step]), ['report', report]]
      .map(([name, data]) => `event: ${String(name)}\ndata: ${JSON.stringify(data)}\n\n`)
      .join(''),
    { headers: { 'Content-Type': 'text/event-stream' } },
  );

describe('a new relay', () => {
  it('asks what its provider needs and no more', async () => {
    const sent = bodies('post', '/api/relays', () => HttpResponse.json(aRelay(), { status: 201 }));
    server.use(http.get('/api/relays/r1', () => HttpResponse.json(aRelay())));
    const { user, address } = openApp('/relays/new');

    await user.selectOptions(await screen.findByLabelText('Provider'), 'SendGrid');
    expect(screen.queryByLabelText(/^Host/)).not.toBeInTheDocument();
    expect(screen.queryByLabelText(/^User name/)).not.toBeInTheDocument();
    await user.type(screen.getByLabelText(/^Password/), 'SG.secret');
    await user.click(screen.getByRole('checkbox', { name: 'Critical' }));
    await user.click(screen.getByRole('button', { name: 'Add the relay' }));

    expect(await screen.findByText(/The relay is added/)).toBeInTheDocument();
    expect(address()).toBe('/relays/r1');
    expect(sent).toEqual([
      {
        name: 'sendgrid',
        enabled: true,
        priority: 100,
        weight: 1,
        lanes: ['critical'],
        senders: [],
        settings: { password: 'SG.secret' },
        kind: 'smtp',
        preset: 'sendgrid',
        preset_region: 'global',
      },
    ]);
  });

  it('shows a refusal at the field that it names', async () => {
    bodies('post', '/api/relays', () =>
      failure(422, 'validation_error', '`settings.host` is not a host name.'),
    );
    const { user } = openApp('/relays/new');

    await user.selectOptions(await screen.findByLabelText('Provider'), 'SMTP server (another one)');
    await user.type(screen.getByLabelText(/^Host/), 'not a host');
    await user.click(screen.getByRole('button', { name: 'Add the relay' }));

    expect(await screen.findByRole('alert')).toHaveTextContent('is not a host name');
    expect(screen.getByLabelText(/^Host/)).toBeInvalid();
  });
});

describe('a relay', () => {
  it('keeps a secret that is not typed again', async () => {
    server.use(http.get('/api/relays/r1', () => HttpResponse.json(aRelay())));
    const sent = bodies('patch', '/api/relays/r1', () => HttpResponse.json(aRelay({ revision: 2 })));
    const { user } = openApp('/relays/r1');

    const name = await screen.findByLabelText(/^Name/);
    await user.clear(name);
    await user.type(name, 'renamed');
    await user.click(screen.getByRole('button', { name: 'Save' }));

    expect(await screen.findByText(/Workers follow/)).toBeInTheDocument();
    expect(sent[0]).toMatchObject({ name: 'renamed', revision: 1, settings: {} });
    expect(JSON.stringify(sent[0])).not.toContain('password');
  });

  it('keeps what is typed when its settings change elsewhere, and shows these when asked to', async () => {
    let stored = aRelay({ name: 'first' });
    server.use(http.get('/api/relays/r1', () => HttpResponse.json(stored)));
    const { user } = openApp('/relays/r1');
    const name = await screen.findByLabelText(/^Name/);
    await user.type(name, ' of all');
    stored = aRelay({ name: 'renamed', revision: 2 });
    act(() => {
      focusManager.setFocused(false);
      focusManager.setFocused(true); // somebody comes back to the page
    });
    focusManager.setFocused(undefined);

    expect(await screen.findByText('These settings were changed elsewhere')).toBeInTheDocument();
    expect(name).toHaveValue('first of all');
    await user.click(screen.getByRole('button', { name: 'Show what is stored now' }));
    expect(name).toHaveValue('renamed');
  });

  it('is shown to those who may not change it, and to them alone as something to read', async () => {
    server.use(http.get('/api/auth/session', () => HttpResponse.json(aSessionAs('developer'))));
    server.use(http.get('/api/relays/r1', () => HttpResponse.json(aRelay())));
    openApp('/relays/r1');

    expect(await screen.findByText(/Your role in this project shows these settings/)).toBeInTheDocument();
    expect(screen.getByLabelText(/^Name/)).toBeDisabled();
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
    expect(screen.queryByRole('button', { name: 'Delete' })).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Test the relay' })).toBeEnabled();
  });

  it('is tested step by step', async () => {
    server.use(http.get('/api/relays/r1', () => HttpResponse.json(aRelay())));
    const sent = bodies('post', '/api/relays/r1/doctor', () =>
      examination({
        object: 'doctor_report',
        relay: 'main',
        ok: false,
        steps: [
          { name: 'dns', status: 'ok', duration_ms: 12.3, seen: '192.0.2.7', cause: null },
          {
            name: 'connect',
            status: 'failed',
            duration_ms: 10_000,
            seen: 'timed out',
            cause: { code: 'relay_does_not_answer', title: 'No answer.', remedy: 'Use port 587.' },
          },
          { name: 'greeting', status: 'skipped', duration_ms: 0, seen: '', cause: null },
          { name: 'tls', status: 'skipped', duration_ms: 0, seen: '', cause: null },
          { name: 'recipient', status: 'skipped', duration_ms: 0, seen: '', cause: null },
        ],
      }),
    );
    const { user } = openApp('/relays/r1');

    await user.type(await screen.findByLabelText('Send a real mail to'), 'ada@example.com');
    await user.click(screen.getByRole('button', { name: 'Test the relay' }));

    expect(await screen.findByText('Something is in the way:')).toBeInTheDocument();
    expect(screen.getByText('Name (DNS)')).toHaveTextContent('12 ms');
    expect(screen.getByText('Greeting')).toBeInTheDocument();
    expect(screen.getByText('Recipient')).toBeInTheDocument();
    expect(screen.getByText(/Use port 587\./)).toBeInTheDocument();
    expect(sent).toEqual([{ to: 'ada@example.com' }]);
  });

  it('tells when others had to carry its mail', async () => {
    server.use(
      http.get('/api/relays/r1', () =>
        HttpResponse.json(aRelay({ state: 'paused', state_reason: 'No answer.' })),
      ),
    );
    const asked: string[] = [];
    server.use(
      http.get('/api/alerts', ({ request }) => {
        asked.push(new URL(request.url).search);
        return HttpResponse.json(
          anAlertList([
            anAlert({
              subject: 'main',
              kind: 'relay_failover',
              title: 'Mail went over others',
            }) as unknown as { open: boolean },
          ]),
        );
      }),
    );
    openApp('/relays/r1');

    const list = within(await screen.findByRole('list', { name: 'State and history' }));
    expect(list.getByText('Mail went over others')).toBeInTheDocument();
    expect(asked).toContain('?subject=main&limit=50');
  });

  it('is deleted after a question', async () => {
    let deleted = 0;
    relaysAre();
    server.use(
      http.get('/api/relays/r1', () => HttpResponse.json(aRelay())),
      http.delete('/api/relays/r1', () => {
        deleted += 1;
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user, address } = openApp('/relays/r1');

    await user.click(await screen.findByRole('button', { name: 'Delete' }));
    expect(await screen.findByRole('dialog', { name: 'Delete the relay main?' })).toBeInTheDocument();
    expect(deleted).toBe(0);
    await user.click(screen.getByRole('button', { name: 'Delete the relay' }));

    expect(await screen.findByText('The relay main is deleted.')).toBeInTheDocument();
    expect(address()).toBe('/relays');
    expect(deleted).toBe(1);
  });
});

describe('the webhook of a relay', () => {
  const address = 'https://mail.example.com/inbound/providers/r1';
  const aPostmark = (webhook: Record<string, unknown>, values: Record<string, unknown> = {}) =>
    aRelay({
      kind: 'postmark',
      preset: null,
      settings: { server_token: { set: true }, ...webhook },
      webhook_url: address,
      ...values,
    });

  it('is shown to be copied, with what is still missing', async () => {
    server.use(
      http.get('/api/relays/r1', () => HttpResponse.json(aPostmark({ webhook_login: { set: false } }))),
    );
    openApp('/relays/r1');

    const section = within(await screen.findByRole('region', { name: 'What becomes of messages' }));
    expect(section.getByText(address)).toBeInTheDocument();
    expect(section.getByRole('button', { name: 'Copy the address' })).toBeInTheDocument();
    expect(section.getByText(/before “Webhook user and password” is entered/)).toBeInTheDocument();
    expect(screen.getByLabelText(/^Webhook user and password/)).toHaveValue('');
  });

  it('asks for nothing once the provider can be known', async () => {
    server.use(
      http.get('/api/relays/r1', () => HttpResponse.json(aPostmark({ webhook_login: { set: true } }))),
    );
    openApp('/relays/r1');

    await screen.findByText(address);
    expect(screen.queryByText(/is entered below/)).not.toBeInTheDocument();
  });

  it('needs the address of the installation', async () => {
    server.use(http.get('/api/relays/r1', () => HttpResponse.json(aPostmark({}, { webhook_url: null }))));
    openApp('/relays/r1');

    expect(await screen.findByText(/has no BASE_URL/)).toBeInTheDocument();
  });

  it('is no matter of an SMTP server', async () => {
    server.use(http.get('/api/relays/r1', () => HttpResponse.json(aRelay())));
    openApp('/relays/r1');

    await screen.findByRole('region', { name: 'Test' });
    expect(screen.queryByRole('region', { name: 'What becomes of messages' })).not.toBeInTheDocument();
  });
});
