import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { aMessage, anEvent, aPage, aRecipient } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

const messageIs = (values: Record<string, unknown>) => {
  server.use(http.get('/api/emails/m1', () => HttpResponse.json(aMessage({ id: 'm1', ...values }))));
};

const eventsAre = (...events: unknown[]) => {
  server.use(http.get('/api/emails/m1/events', () => HttpResponse.json(aPage(events))));
};

beforeEach(() => {
  messageIs({});
  eventsAre(anEvent());
});

describe('the page of a message', () => {
  it('shows who, when, and under which names it is known', async () => {
    messageIs({ cc: ['cy@example.com'], reply_to: ['help@example.com'] });

    openApp('/messages/m1');

    expect(await screen.findByRole('heading', { level: 1, name: 'Reset your password' })).toBeInTheDocument();
    expect(document.title).toBe('Reset your password · Mail');
    for (const fact of ['Oven <hello@example.com>', 'cy@example.com', 'help@example.com', 'm1', 'Critical']) {
      expect(screen.getByText(fact)).toBeInTheDocument();
    }
    expect(screen.getByText('<m1@mail.example.com>')).toBeInTheDocument();
    expect(screen.getByText('password-reset, version 3, en')).toBeInTheDocument();
    expect(screen.getByText('kind: reset')).toBeInTheDocument();
  });

  it('names the key that sent it, and leads to all that it sent', async () => {
    messageIs({ api_key: { id: 'k1', name: 'Shop server', revoked: true, mailbox_id: null } });

    openApp('/messages/m1');

    expect(await screen.findByRole('link', { name: 'Shop server' })).toHaveAttribute('href', '/api-keys');
    expect(screen.getByText('works no more')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'All of its messages' })).toHaveAttribute(
      'href',
      '/messages?key=k1',
    );
  });

  it('explains the fate of each recipient', async () => {
    const soon = new Date(Date.now() + 10.5 * 60_000).toISOString();
    messageIs({
      last_event: 'bounced',
      recipients: [
        aRecipient({
          email: 'late@example.com',
          state: 'delivery_delayed',
          code: 451,
          enhanced_code: '4.3.2',
          text: 'try later',
          attempts: 3,
          next_attempt_at: soon,
          reason: 'The relay asked us to come back.',
        }),
        aRecipient({
          email: 'gone@example.com',
          kind: 'bcc',
          state: 'bounced',
          code: 550,
          enhanced_code: '5.1.1',
          text: 'no such user',
        }),
      ],
    });

    openApp('/messages/m1');

    const list = within(await screen.findByRole('region', { name: 'Recipients' }));
    const [late, gone] = list.getAllByRole('listitem');
    expect(late).toHaveTextContent('Delayed');
    expect(late).toHaveTextContent('It is retried automatically.');
    expect(late).toHaveTextContent('451 4.3.2 try later');
    expect(late).toHaveTextContent('The relay asked us to come back.');
    expect(late).toHaveTextContent('main-relay');
    expect(late).toHaveTextContent('Attempts3');
    expect(late).toHaveTextContent('Next attemptin 10 minutes');
    expect(gone).toHaveTextContent('Bcc');
    expect(gone).toHaveTextContent('550 5.1.1 no such user');
    expect(gone).not.toHaveTextContent('Next attempt');
  });

  it('tells what happened, in order', async () => {
    eventsAre(
      anEvent(),
      anEvent({
        id: 'e2',
        type: 'email.delivery_delayed',
        attempt: 1,
        relay: 'main-relay',
        code: 421,
        text: 'busy',
      }),
      anEvent({ id: 'e3', type: 'email.rerouted' }),
      anEvent({ id: 'e4', type: 'email.levitated' }),
    );

    openApp('/messages/m1');

    const timeline = within(await screen.findByRole('region', { name: 'Timeline' }));
    const steps = await timeline.findAllByRole('listitem');
    expect(steps.map((step) => step.querySelector('span')?.textContent)).toEqual([
      'Accepted by the API',
      'Delayed, will be retried',
      'Went on to the next relay',
      'email.levitated',
    ]);
    expect(steps[1]).toHaveTextContent('Attempt 1 · via main-relay');
    expect(steps[1]).toHaveTextContent('421 busy');
  });

  it('tells readers from machines', async () => {
    const recipient = 'ada@example.com';
    eventsAre(
      anEvent({
        type: 'email.opened',
        recipient,
        detail: {
          machine: true,
          machine_reason: 'apple_privacy',
          machine_name: 'Apple Mail',
          device: 'unknown',
        },
      }),
      anEvent({
        id: 'e2',
        type: 'email.opened',
        recipient,
        detail: { machine: false, proxy: 'gmail', device: 'unknown' },
      }),
      anEvent({
        id: 'e3',
        type: 'email.clicked',
        recipient,
        detail: { machine: false, device: 'mobile', click: { link: 'https://shop.example/' } },
      }),
      anEvent({
        id: 'e4',
        type: 'email.clicked',
        recipient,
        detail: { machine: true, machine_reason: 'of_tomorrow' },
      }),
    );

    openApp('/messages/m1');

    const timeline = within(await screen.findByRole('region', { name: 'Timeline' }));
    const steps = await timeline.findAllByRole('listitem');
    expect(steps.map((step) => step.querySelector('span')?.textContent)).toEqual([
      'Opened by a machine: Apple’s mail privacy',
      'Opened',
      'Link clicked',
      'Link followed by a machine',
    ]);
    expect(steps[1]).toHaveTextContent('over Gmail’s servers');
    expect(steps[2]).toHaveTextContent('on a phone or tablet');
    expect(steps[2]).toHaveTextContent('https://shop.example/');
    expect(timeline.queryByRole('link')).toBeNull();
  });

  it('tells a change of the time from the acceptance', async () => {
    eventsAre(
      anEvent({ type: 'email.scheduled' }),
      anEvent({ id: 'e2', type: 'email.scheduled', recipient: 'ada@example.com' }),
      anEvent({ id: 'e3', type: 'email.queued', recipient: 'ada@example.com' }),
    );

    openApp('/messages/m1');

    const timeline = within(await screen.findByRole('region', { name: 'Timeline' }));
    const steps = await timeline.findAllByRole('listitem');
    expect(steps.map((step) => step.querySelector('span')?.textContent)).toEqual([
      'Scheduled',
      'Rescheduled',
      'Due now, by the sender',
    ]);
  });

  it('shows the mail in a frame that can run nothing', async () => {
    openApp('/messages/m1');

    const frame = await screen.findByTitle('HTML preview: Reset your password');
    expect(frame).toHaveAttribute('src', '/api/emails/m1/html?project=p1&scheme=light');
    expect(frame).toHaveAttribute('sandbox', '');
  });

  it('shows the mail at the width of a phone', async () => {
    const { user } = openApp('/messages/m1');

    await user.click(await screen.findByRole('radio', { name: 'Phone' }));

    expect(screen.getByTitle('HTML preview: Reset your password')).toHaveAttribute('data-width', 'phone');
  });

  it('shows text and source on demand, and keeps the choice in the address', async () => {
    server.use(
      http.get('/api/emails/m1/text', () => HttpResponse.text('Your code is 493817.')),
      http.get('/api/emails/m1/raw', () => HttpResponse.text('MIME-Version: 1.0')),
    );
    const { user, address } = openApp('/messages/m1');

    await user.click(await screen.findByRole('tab', { name: 'Text' }));
    expect(await screen.findByText('Your code is 493817.')).toBeInTheDocument();
    expect(address()).toBe('/messages/m1?part=text');
    await user.click(screen.getByRole('tab', { name: 'Raw source' }));

    expect(await screen.findByText('MIME-Version: 1.0')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Download' })).toHaveAttribute(
      'href',
      '/api/emails/m1/raw?project=p1',
    );
    expect(address()).toBe('/messages/m1?part=raw');
  });

  it('says why a code is not shown, and does not ask for the source', async () => {
    messageIs({ content_hidden: 'Only its recipient may read it.' });
    const { user } = openApp('/messages/m1');

    expect(await screen.findByText('Only its recipient may read it.')).toBeInTheDocument();
    await user.click(screen.getByRole('tab', { name: 'Raw source' }));
    expect(
      await screen.findByText('The source is not shown: a code or a personal link stands in it.'),
    ).toBeInTheDocument();
  });

  it('says that a part is missing', async () => {
    messageIs({ html: null, text: null });
    const { user } = openApp('/messages/m1');

    expect(await screen.findByText('This message has no HTML part.')).toBeInTheDocument();
    await user.click(screen.getByRole('tab', { name: 'Text' }));

    expect(await screen.findByText('This message has no text part.')).toBeInTheDocument();
  });

  it('says when there is no such message, with the way back', async () => {
    server.use(http.get('/api/emails/m1', () => failure(404, 'not_found', 'Email not found')));

    openApp('/messages/m1');

    expect(await screen.findByRole('alert')).toHaveTextContent('Not found');
    expect(screen.getByRole('link', { name: 'All messages' })).toHaveAttribute('href', '/messages');
  });

  it('keeps the message when only the timeline fails', async () => {
    server.use(http.get('/api/emails/m1/events', () => failure(500, 'internal_error')));

    openApp('/messages/m1');

    const timeline = await screen.findByRole('region', { name: 'Timeline' });
    expect(await within(timeline).findByRole('alert')).toHaveTextContent(
      'Something went wrong on the server',
    );
    expect(screen.getByRole('region', { name: 'Recipients' })).toBeInTheDocument();
  });
});
