import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { aMessage, anEvent, aPage, aRecipient } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

const later = '2099-11-20T18:00:00Z';

const waiting = (values: Record<string, unknown> = {}) =>
  aRecipient({
    state: 'scheduled',
    code: null,
    enhanced_code: null,
    text: null,
    relay: null,
    attempts: 0,
    next_attempt_at: later,
    reason: 'Scheduled by the sender.',
    ...values,
  });

/** The message as the API holds it: what a test changes there is what the next look shows. */
function messageWith(recipients: unknown[], values: Record<string, unknown> = {}) {
  const stored = aMessage({ id: 'm1', last_event: 'scheduled', scheduled_at: later, recipients, ...values });
  server.use(
    http.get('/api/emails/m1', () => HttpResponse.json(stored)),
    http.get('/api/emails/m1/events', () => HttpResponse.json(aPage([anEvent()]))),
  );
  return stored;
}

/** Keeps the bodies of the calls that change something. */
function calls(method: 'post' | 'patch', path: string, answer: (body: unknown) => Response) {
  const bodies: unknown[] = [];
  server.use(
    http[method](path, async ({ request }) => {
      expect(request.headers.get('X-Mail-Console')).toBe('1');
      const body = await request.json();
      bodies.push(body);
      return answer(body);
    }),
  );
  return bodies;
}

const button = (name: string) => screen.findByRole('button', { name });

describe('a message that waits', () => {
  it('is canceled after a question, and the page shows it', async () => {
    const stored = messageWith([waiting(), waiting({ email: 'bob@example.com' })]);
    const asked = calls('post', '/api/emails/m1/cancel', () => {
      stored.last_event = 'canceled';
      return HttpResponse.json({
        object: 'email',
        id: 'm1',
        canceled: ['ada@example.com', 'bob@example.com'],
        not_canceled: [],
      });
    });
    const { user } = openApp('/messages/m1');

    await user.click(await button('Cancel'));
    const dialog = within(await screen.findByRole('dialog', { name: 'Cancel this message?' }));
    expect(dialog.getByText(/to 2 recipients that still wait/)).toBeInTheDocument();
    expect(asked).toHaveLength(0);
    await user.click(dialog.getByRole('button', { name: 'Cancel the message' }));

    expect(await screen.findByText('Canceled for 2 recipients.')).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(await screen.findByText('Canceled')).toBeInTheDocument();
    expect(asked).toHaveLength(1);
  });

  it('is kept when the question is answered with no', async () => {
    messageWith([waiting()]);
    const { user } = openApp('/messages/m1');

    await user.click(await button('Cancel'));
    await user.click(await button('Keep it'));

    expect(screen.queryByRole('dialog')).not.toBeInTheDocument(); // and no call: the test server knows none
  });

  it('says for whom it was too late', async () => {
    messageWith([waiting(), waiting({ email: 'bob@example.com' })]);
    calls('post', '/api/emails/m1/cancel', () =>
      HttpResponse.json({
        object: 'email',
        id: 'm1',
        canceled: ['ada@example.com'],
        not_canceled: [{ email: 'bob@example.com', state: 'sent' }],
      }),
    );
    const { user } = openApp('/messages/m1');

    await user.click(await button('Cancel'));
    await user.click(await button('Cancel the message'));

    expect(await screen.findByText('Canceled for 1 recipient. Too late for 1.')).toBeInTheDocument();
  });

  it('repeats the words of the API when it was too late for all', async () => {
    messageWith([waiting()]);
    calls('post', '/api/emails/m1/cancel', () =>
      failure(409, 'too_late', 'It is too late to cancel this message: ada@example.com is sent.'),
    );
    const { user } = openApp('/messages/m1');

    await user.click(await button('Cancel'));
    await user.click(await button('Cancel the message'));

    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('It is too late');
    expect(alert).toHaveTextContent('ada@example.com is sent.');
  });

  it('gets another time, in the zone of the browser', async () => {
    messageWith([waiting()]);
    const asked = calls('patch', '/api/emails/m1', () =>
      HttpResponse.json({ object: 'email', id: 'm1', scheduled_at: '2099-12-24T17:30:00Z' }),
    );
    const { user } = openApp('/messages/m1');

    await user.click(await button('Reschedule'));
    const dialog = within(await screen.findByRole('dialog', { name: 'Another time for this message' }));
    const field = dialog.getByLabelText('New time');
    expect(new Date((field as HTMLInputElement).value).toISOString()).toBe('2099-11-20T18:00:00.000Z');
    fireEvent.change(field, { target: { value: '2099-12-24T18:30' } });
    await user.click(dialog.getByRole('button', { name: 'Reschedule' }));

    expect(await screen.findByText(/^Rescheduled for /)).toBeInTheDocument();
    expect(asked).toEqual([{ scheduled_at: new Date('2099-12-24T18:30').toISOString() }]);
  });

  it('is not rescheduled without a time', async () => {
    messageWith([waiting()]);
    const { user } = openApp('/messages/m1');

    await user.click(await button('Reschedule'));
    const dialog = within(await screen.findByRole('dialog'));
    fireEvent.change(dialog.getByLabelText('New time'), { target: { value: '' } });
    await user.click(dialog.getByRole('button', { name: 'Reschedule' }));

    expect(dialog.getByText('Choose a time.')).toBeInTheDocument();
  });

  it('is sent now on demand', async () => {
    messageWith([waiting()]);
    const asked = calls('patch', '/api/emails/m1', () =>
      HttpResponse.json({ object: 'email', id: 'm1', scheduled_at: new Date().toISOString() }),
    );
    const { user } = openApp('/messages/m1');

    await user.click(await button('Reschedule'));
    await user.click(await button('Send now'));

    expect(await screen.findByText('On its way now.')).toBeInTheDocument();
    await waitFor(() => {
      expect(asked).toHaveLength(1);
    });
    const { scheduled_at: at } = asked[0] as { scheduled_at: string };
    expect(Date.parse(at)).toBeLessThanOrEqual(Date.now());
  });

  it('can be told so in French', async () => {
    messageWith([waiting()]);
    const { user } = openApp('/messages/m1', 'fr');

    await user.click(await button('Annuler'));

    const question = await screen.findByRole('dialog', { name: 'Annuler ce message ?' });
    expect(within(question).getByRole('button', { name: 'Fermer' })).toBeInTheDocument();
  });
});

describe('what can still be decided', () => {
  it.each([
    ['nothing once it is sent', [aRecipient()], []],
    ['nothing while it is handed over', [waiting({ state: 'sending' })], []],
    [
      'only the rest after the first attempt',
      [aRecipient({ email: 'bob@example.com' }), waiting()],
      ['Cancel'],
    ],
    ['no new time after an attempt', [waiting({ state: 'delivery_delayed', attempts: 1 })], ['Cancel']],
    [
      'all beside a suppressed one',
      [waiting(), aRecipient({ email: 'bob@example.com', state: 'suppressed' })],
      ['Reschedule', 'Cancel'],
    ],
  ])('%s', async (_, recipients, expected) => {
    messageWith(recipients);

    openApp('/messages/m1');

    await screen.findByRole('region', { name: 'Recipients' });
    const shown = ['Reschedule', 'Cancel'].filter((name) => screen.queryByRole('button', { name }) !== null);
    expect(shown).toEqual(expected);
  });
});

describe('a message that is done', () => {
  it('is sent again after a question, and leads to the new one', async () => {
    messageWith([aRecipient({ state: 'bounced' })]);
    calls('post', '/api/emails/m1/resend', () =>
      HttpResponse.json({ object: 'email', id: 'm2', resent_from: 'm1' }),
    );
    server.use(
      http.get('/api/emails/m2', () => HttpResponse.json(aMessage({ id: 'm2', resent_from: 'm1' }))),
      http.get('/api/emails/m2/events', () => HttpResponse.json(aPage([anEvent()]))),
    );
    const { user, address } = openApp('/messages/m1');

    await user.click(await button('Send again'));
    const dialog = await screen.findByRole('dialog', { name: 'Send this message again?' });
    await user.click(within(dialog).getByRole('button', { name: 'Send again' }));

    await waitFor(() => {
      expect(address()).toBe('/messages/m2');
    });
    expect(await screen.findByRole('link', { name: 'm1' })).toHaveAttribute('href', '/messages/m1');
  });

  it('says why it cannot be sent again, before it is tried', async () => {
    messageWith([aRecipient()], { cannot_resend: 'This message holds a code.' });
    const { user } = openApp('/messages/m1');

    await user.click(await button('Send again'));

    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('This message holds a code.');
    expect(within(dialog).queryByRole('button', { name: 'Send again' })).not.toBeInTheDocument();
  });

  it('says in the API’s words why it was refused', async () => {
    messageWith([aRecipient()]);
    calls('post', '/api/emails/m1/resend', () =>
      failure(422, 'validation_error', 'ada@example.com is on the list.'),
    );
    const { user } = openApp('/messages/m1');

    await user.click(await button('Send again'));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Send again' }));

    expect(await within(dialog).findByRole('alert')).toHaveTextContent('ada@example.com is on the list.');
  });
});
