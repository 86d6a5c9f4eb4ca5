// Reads one webhook request ({provider, proof, headers, body, certificate}) and says whether the provider's own library takes it.
const https = require('node:https');
const { EventEmitter } = require('node:events');

const read = async () => {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
};

const bySendGrid = ({ proof, headers, body }) => {
  const { EventWebhook, EventWebhookHeader } = require('@sendgrid/eventwebhook');
  const library = new EventWebhook();
  const header = (name) => headers[name.toLowerCase()];
  return library.verifySignature(
    library.convertPublicKeyToECDSA(proof),
    body,
    header(EventWebhookHeader.SIGNATURE()),
    header(EventWebhookHeader.TIMESTAMP()),
  );
};

const byAmazon = ({ body, certificate }) =>
  new Promise((resolve) => {
    // Amazon is played: the certificate is not fetched.
    https.get = (url, answer) => {
      const response = Object.assign(new EventEmitter(), { statusCode: 200, headers: {} });
      setImmediate(() => {
        answer(response);
        response.emit('data', certificate);
        response.emit('end');
      });
      return new EventEmitter();
    };
    const Validator = require('sns-validator');
    new Validator().validate(body, (error) => resolve(!error));
  });

const bySvix = ({ proof, headers, body }) => {
  const { Webhook } = require('svix');
  try {
    new Webhook(proof).verify(body, headers);
    return true;
  } catch {
    return false;
  }
};

const libraries = { sendgrid: bySendGrid, ses: byAmazon, resend: bySvix };

void read().then(async (request) => {
  console.log(JSON.stringify({ taken: await libraries[request.provider](request) }));
});
