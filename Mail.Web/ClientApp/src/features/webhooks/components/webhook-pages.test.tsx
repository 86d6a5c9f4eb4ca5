import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { aSessionAs } from '@/testing/access-fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';
import { anAttempt, aWebhook, aWebhookList } from '@/testing/webhook-fixtures';

function sentTo(method: 'post' | 'patch', path: string, answer: () => Response) {
  const sent: unknown[] = [];
  server.use(
    http[method](path, async ({ request }) => {
      sent.push(await request.json());
      return answer();
    }),
  );
  return sent;
}

function webhookIs(webhook: ReturnType<typeof aWebhook>, ...attempts: ReturnType<typeof anAttempt>[]) {
  server.use(
    http.get('/api/webhooks', () => HttpResponse.json(aWebhookList(webhook))),
    http.get('/api/webhooks/w1', () => HttpResponse.json(webhook)),
    http.get('/api/webhooks/w1/attempts', () =>
      HttpResponse.json({ object: 'list', has_more: false, data: attempts }),
    ),
  );
}

describe('the webhooks', () => {
  it('are listed with what is wrong with them', async () => {
    server.use(
      http.get('/api/webhooks', () =>
        HttpResponse.json(
          aWebhookList(
            aWebhook(),
            aWebhook({
              id: 'w2',
              enabled: false,
              disabled_reason: 'It answered 410: it is gone.',
              failed: 3,
            }),
          ),
        ),
      ),
    );
    openApp('/webhooks');

    const items = within(await screen.findByRole('list', { name: 'Webhooks' })).getAllByRole('listitem');
    expect(items[0]).toHaveTextContent('On');
    expect(items[1]).toHaveTextContent('It answered 410: it is gone.');
    expect(items[1]).toHaveTextContent('3 given up');
  });

  it('say what they are for while there are none', async () => {
    server.use(http.get('/api/webhooks', () => HttpResponse.json(aWebhookList())));
    openApp('/webhooks', 'fr');

    expect(await screen.findByText('Votre application n’apprend encore rien')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Ajouter un webhook' })).toHaveAttribute('href', '/webhooks/new');
  });
});

describe('a new webhook', () => {
  it('is made of an address and the chosen events, and shows its secret once', async () => {
    webhookIs(aWebhook());
    const sent = sentTo('post', '/api/webhooks', () =>
      HttpResponse.json({ object: 'webhook', id: 'w1', signing_secret: 'whsec_abc' }, { status: 201 }),
    );
    const { user } = openApp('/webhooks/new');

    await user.type(await screen.findByLabelText(/^Endpoint/), 'https://app.example.com/hooks');
    await user.click(screen.getByRole('checkbox', { name: 'email.sent' }));
    await user.click(screen.getByRole('checkbox', { name: 'email.failed' }));
    await user.click(screen.getByRole('button', { name: 'Add the webhook' }));

    expect(await screen.findByText('whsec_abc')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Copy the secret' })).toBeInTheDocument();
    expect(sent).toEqual([
      {
        endpoint: 'https://app.example.com/hooks',
        events: ['email.sent', 'email.delivered', 'email.bounced', 'email.complained'],
      },
    ]);
    await user.click(screen.getByRole('link', { name: 'To the webhook' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'app.example.com' })).toBeInTheDocument();
    expect(screen.queryByText('whsec_abc')).not.toBeInTheDocument();
  });

  it('tells what the API does not take', async () => {
    webhookIs(aWebhook());
    sentTo('post', '/api/webhooks', () => failure(422, 'validation_error', '`endpoint` must be a URL.'));
    const { user } = openApp('/webhooks/new');

    await user.click(await screen.findByRole('button', { name: 'Add the webhook' }));

    expect(await screen.findByText(/must be a URL/)).toBeInTheDocument();
  });
});

describe('a webhook', () => {
  it('shows its attempts, sends one again, and is tested', async () => {
    webhookIs(aWebhook(), anAttempt());
    const replayed = sentTo('post', '/api/webhooks/w1/replay', () =>
      HttpResponse.json({ object: 'webhook_replay', queued: 1 }, { status: 202 }),
    );
    const tested = sentTo('post', '/api/webhooks/w1/test', () =>
      HttpResponse.json({ object: 'webhook_event', id: 'evt_2', type: 'email.delivered' }, { status: 202 }),
    );
    const { user } = openApp('/webhooks/w1');

    const attempts = within(await screen.findByRole('list', { name: 'Attempts' })).getAllByRole('listitem');
    expect(attempts[0]).toHaveTextContent('It answered 500');
    expect(attempts[0]).toHaveTextContent('Internal error');
    await user.click(screen.getByRole('button', { name: 'Send again' }));
    expect(await screen.findByText('1 event is sent again.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Send a test event' }));
    expect(await screen.findByText(/The test event is on its way/)).toBeInTheDocument();
    expect([replayed, tested]).toEqual([[{ event_id: 'evt_1' }], [{ type: 'email.delivered' }]]);
  });

  it('is switched off and gets a new secret', async () => {
    webhookIs(aWebhook());
    const changed = sentTo('patch', '/api/webhooks/w1', () =>
      HttpResponse.json(aWebhook({ enabled: false })),
    );
    sentTo('post', '/api/webhooks/w1/rotate-secret', () =>
      HttpResponse.json({ object: 'webhook', id: 'w1', signing_secret: 'whsec_new' }),
    );
    const { user } = openApp('/webhooks/w1');

    await user.click(await screen.findByRole('switch', { name: 'Switched on' }));
    await user.click(screen.getByRole('button', { name: 'New secret' }));

    expect(await screen.findByText('whsec_new')).toBeInTheDocument();
    expect(changed).toEqual([{ enabled: false }]);
  });

  it('is something to read for those who may not change it', async () => {
    server.use(http.get('/api/auth/session', () => HttpResponse.json(aSessionAs('viewer'))));
    webhookIs(aWebhook(), anAttempt());
    openApp('/webhooks/w1');

    expect(await screen.findByText(/Your role in this project shows these settings/)).toBeInTheDocument();
    expect(await screen.findByRole('list', { name: 'Attempts' })).toBeInTheDocument();
    expect(screen.getByRole('switch', { name: 'Switched on' })).toBeDisabled();
    const buttons = screen.getByRole('main').querySelectorAll('button:enabled');
    expect([...buttons].map((button) => button.textContent)).toEqual([]);
  });
});
