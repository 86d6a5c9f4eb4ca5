import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { aMessage, anEvent, aPage } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

const path = '/api/emails/m1/events/e2/transcript';

const lines = [
  { at: 0, by: 'note', text: 'connected to 192.0.2.1 port 25' },
  { at: 0.012, by: 'server', text: '220 mx.example.com' },
  { at: 0.5, by: 'client', text: 'RCPT TO:<gone@example.com>' },
  { at: 1.25, by: 'server', text: '550 5.1.1 no such user' },
];

const openTimeline = async () => {
  const app = openApp('/messages/m1');
  const timeline = within(await screen.findByRole('region', { name: 'Timeline' }));
  return { ...app, timeline, summary: await timeline.findByText('Transcript') };
};

beforeEach(() => {
  server.use(
    http.get('/api/emails/m1', () => HttpResponse.json(aMessage({ id: 'm1' }))),
    http.get('/api/emails/m1/events', () =>
      HttpResponse.json(
        aPage([
          anEvent(),
          anEvent({ id: 'e2', type: 'email.bounced', attempt: 1, code: 550, has_transcript: true }),
        ]),
      ),
    ),
    http.get(path, () => HttpResponse.json({ object: 'transcript', id: 'e2', lines })),
  );
});

describe('the transcript of an attempt', () => {
  it('says who said what and when, once it is asked for, and can be copied', async () => {
    let asked = 0;
    server.use(
      http.get(path, () => {
        asked++;
        return HttpResponse.json({ object: 'transcript', id: 'e2', lines });
      }),
    );
    const { user, timeline, summary } = await openTimeline();
    expect(timeline.getAllByText('Transcript')).toHaveLength(1);
    expect(asked).toBe(0);

    await user.click(summary);

    const said = within(await timeline.findByRole('region', { name: 'What was said in this attempt' }));
    expect(said.getAllByRole('listitem').map((line) => line.textContent)).toEqual([
      '0.000Noteconnected to 192.0.2.1 port 25',
      '0.012Server220 mx.example.com',
      '0.500ClientRCPT TO:<gone@example.com>',
      '1.250Server550 5.1.1 no such user',
    ]);
    expect(timeline.getByText(/only its last reply is kept/)).toBeInTheDocument();
    await user.click(timeline.getByRole('button', { name: 'Copy the transcript' }));
    await waitFor(async () => {
      expect(await navigator.clipboard.readText()).toBe(
        '0.000 * connected to 192.0.2.1 port 25\n0.012 S: 220 mx.example.com\n0.500 C: RCPT TO:<gone@example.com>\n1.250 S: 550 5.1.1 no such user\n',
      );
    });
  });

  it('can be asked for again when it does not come', async () => {
    server.use(http.get(path, () => failure(403, 'forbidden'), { once: true })); // a 500 would be asked again by itself
    const { user, timeline, summary } = await openTimeline();

    await user.click(summary);

    expect(await timeline.findByRole('alert')).toBeInTheDocument();
    await user.click(timeline.getByRole('button', { name: 'Try again' }));
    expect(await timeline.findByText('550 5.1.1 no such user')).toBeInTheDocument();
  });
});
