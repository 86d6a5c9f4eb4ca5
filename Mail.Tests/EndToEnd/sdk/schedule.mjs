// Scheduling, changes of mind and batches, as an app would write them with Resend's SDK. Prints one JSON object.
import { Resend } from 'resend';

const resend = new Resend(process.env.MAIL_KEY, { baseUrl: process.env.MAIL_URL });
const plain = { from: 'a@example.com', to: 'sdk-later@example.net', subject: 'Later', text: 'hi' };
const inADay = () => new Date(Date.now() + 24 * 3600 * 1000).toISOString();

const later = await resend.emails.send({ ...plain, scheduledAt: 'in 2 hours' });
const id = later.data?.id ?? 'none';
const newTime = inADay();
const moved = await resend.emails.update({ id, scheduledAt: newTime });
const got = await resend.emails.get(id);
const noTime = await resend.emails.update({ id, scheduledAt: 'some day' });
const canceled = await resend.emails.cancel(id);
const again = await resend.emails.cancel(id);
const gone = await resend.emails.get(id);
const movedTooLate = await resend.emails.update({ id, scheduledAt: inADay() });
const unknown = await resend.emails.cancel('01900000-0000-7000-8000-000000000009');

const batch = await resend.batch.send(
  [
    { ...plain, to: 'sdk-batch@example.net' },
    { ...plain, to: 'nobody' },
    { ...plain, scheduledAt: 'tomorrow at 9am', attachments: [{ filename: 'a.txt', content: Buffer.from('hello') }] },
  ],
  { batchValidation: 'permissive', idempotencyKey: 'schedule/batch' },
);
const withFile = await resend.emails.get(batch.data?.data[1]?.id ?? 'none');
const strict = await resend.batch.send([plain, { ...plain, to: 'nobody' }], { batchValidation: 'strict' });

const soon = await resend.emails.send({ ...plain, to: 'sdk-now@example.net', text: 'moved to now', scheduledAt: 'in 2 hours' });
await resend.emails.update({ id: soon.data?.id ?? 'none', scheduledAt: new Date(0).toISOString() });
const complained = await resend.emails.send({ ...plain, to: 'complained+sdk@mail.test' });
console.log(
  JSON.stringify({ later, newTime, moved, got, noTime, canceled, again, gone, movedTooLate, unknown, batch, withFile, strict, complained }),
);
