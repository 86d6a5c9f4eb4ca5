// One mail through a running system, however it was started: node .ci/smoke.mjs
// API_URL, API_KEY, INBOX_URL (of a Mailpit or a MailDev) say where; LIMIT is in seconds. Exit code 0: it arrived, with its code, and the API knows it.
const { API_URL = 'http://localhost:5101', INBOX_URL = 'http://localhost:1080', API_KEY, LIMIT = '300' } = process.env;
if (!API_KEY) fail('API_KEY is not set.');
const end = Date.now() + Number(LIMIT) * 1000;
const recipient = `smoke-${Date.now()}@example.net`;
const code = String(Math.floor(100000 + Math.random() * 900000));

await until('the API is ready', async () => (await fetch(`${API_URL}/health`)).ok);
const answer = await fetch(`${API_URL}/emails`, {
  method: 'POST',
  headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
  body: JSON.stringify({
    from: 'Smoke <no-reply@example.com>',
    to: recipient,
    template: { id: 'password-reset', variables: { code, name: 'Ada' }, locale: 'fr' },
  }),
});
const accepted = await answer.json();
if (!answer.ok) fail(`POST /emails answered ${answer.status}: ${JSON.stringify(accepted)}`);
console.log(`accepted: ${accepted.id}`);
await until('the mail is in the inbox', () => arrived());
await until('the API says that it was sent', async () => {
  const email = await (await fetch(`${API_URL}/emails/${accepted.id}`, { headers: { authorization: `Bearer ${API_KEY}` } })).json();
  return email.last_event === 'sent' || email.last_event === 'delivered';
});

/** Mailpit's search first; MailDev knows it not. */
async function arrived() {
  const found = await fetch(`${INBOX_URL}/api/v1/search?query=${encodeURIComponent(`to:${recipient}`)}`);
  if (found.ok && found.headers.get('content-type')?.includes('json')) {
    const [mail] = (await found.json()).messages ?? [];
    return mail && (await (await fetch(`${INBOX_URL}/api/v1/message/${mail.ID}`)).json()).Text.includes(code);
  }
  const all = await (await fetch(`${INBOX_URL}/email`)).json();
  return all.some((mail) => mail.to?.some((to) => to.address === recipient) && mail.text.includes(code));
}

async function until(what, ask) {
  let last = 'no';
  while (Date.now() < end) {
    try {
      if (await ask()) return console.log(`ok: ${what}`);
      last = 'no';
    } catch (error) {
      last = error.cause?.message ?? error.message;
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  fail(`Not so within ${LIMIT} s: ${what} (${last})`);
}

function fail(why) {
  console.error(why);
  process.exit(1);
}
