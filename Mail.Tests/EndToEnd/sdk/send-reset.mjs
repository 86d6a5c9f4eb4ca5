// What an app would write with Resend's SDK; only the base URL and the key are ours. Prints one JSON object.
import { Resend } from 'resend';

const baseUrl = process.env.MAIL_URL;
const resend = new Resend(process.env.MAIL_KEY, { baseUrl });
const reset = {
  from: 'Acme <no-reply@example.com>',
  to: ['sdk@example.net'],
  template: { id: 'password-reset', variables: { code: '246810', name: 'Ada' } },
};
const plain = { from: 'a@example.com', to: 'batch@example.net', subject: 'Hello', text: 'hi' };

const sent = await resend.emails.send(reset, { idempotencyKey: 'reset/1' });
const replayed = await resend.emails.send(reset, { idempotencyKey: 'reset/1' });
const conflict = await resend.emails.send({ ...reset, to: ['other@example.net'] }, { idempotencyKey: 'reset/1' });
const missing = await resend.emails.send({ ...reset, template: { id: 'password-reset', variables: {} } });
const got = await resend.emails.get(sent.data?.id ?? 'none');
const batch = await resend.batch.send([plain, { ...plain, attachments: [{ filename: 'a.txt', content: Buffer.from('hello') }] }]);
const wrongKey = await new Resend('re_nobody', { baseUrl }).emails.send(plain);
console.log(JSON.stringify({ sent, replayed, conflict, missing, got, batch, wrongKey }));
