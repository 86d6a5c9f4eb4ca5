// Reads one request as it came ({secret, headers, body}) and has it verified by the libraries that receivers use: as it is, and altered.
import { Resend } from 'resend';
import { Webhook } from 'standardwebhooks';

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { secret, headers, body } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
const resend = new Resend('re_unused');

const byStandard = (payload, given = headers) => new Webhook(secret).verify(payload, given);
const byResend = (payload, given = headers) =>
  resend.webhooks.verify({
    payload,
    headers: { id: given['svix-id'], timestamp: given['svix-timestamp'], signature: given['svix-signature'] },
    webhookSecret: secret,
  });
const refuses = (verify) => {
  try {
    verify();
    return false;
  } catch {
    return true;
  }
};

const late = { ...headers, 'webhook-timestamp': '1700000000', 'svix-timestamp': '1700000000' };
const otherId = { ...headers, 'webhook-id': 'evt_other', 'svix-id': 'evt_other' };
console.log(
  JSON.stringify({
    standard: byStandard(body),
    resend: byResend(body),
    refused: [byStandard, byResend].flatMap((verify) => [
      refuses(() => verify(body.replace('email.', 'mail.'))),
      refuses(() => verify(body, late)),
      refuses(() => verify(body, otherId)),
    ]),
  }),
);
