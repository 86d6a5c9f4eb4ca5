// Reads one JSON object per line, {id, schema, data}, and answers {id, errors: [..]} per line: does the request fit the provider's own schema?
// The first argument is the folder of the schemas. A member that a schema does not know counts as an error too: providers ignore it silently.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Ajv from 'ajv/dist/2020.js';

const folder = process.argv[2];
const load = (...path) => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));

const ajv = new Ajv.default({ strict: false, allErrors: true, logger: false });
ajv.addFormat('email', /^[^@\s]+@[^@\s]+$/);
ajv.addFormat('binary', /^[A-Za-z0-9+/]*={0,2}$/); // in JSON: base64
for (const format of ['uuid', 'uri', 'url', 'date', 'date-time', 'int32', 'int64', 'float', 'byte', 'password', 'google-datetime']) ajv.addFormat(format, true);

function closed(node) {
  if (Array.isArray(node)) return node.map(closed);
  if (node === null || typeof node !== 'object') return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, key === 'example' || key === 'examples' ? value : closed(value)]));
  if (copy.type === 'object' && Object.keys(copy.properties ?? {}).length > 0 && copy.additionalProperties === undefined && !copy.allOf) copy.additionalProperties = false;
  return copy;
}

// The shapes of a Smithy model, as far as restJson1 puts them into a body (https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html).
function smithy(model, name) {
  const shape = model.shapes[name];
  const { min, max } = shape?.traits?.['smithy.api#length'] ?? {};
  switch (shape?.type ?? name.replace('smithy.api#', '').toLowerCase()) {
    case 'structure': {
      const members = Object.entries(shape.members ?? {});
      return {
        type: 'object',
        additionalProperties: false,
        required: members.filter(([, member]) => member.traits && 'smithy.api#required' in member.traits).map(([key]) => key),
        properties: Object.fromEntries(members.map(([key, member]) => [key, smithy(model, member.target)])),
      };
    }
    case 'list':
      return { type: 'array', items: smithy(model, shape.member.target), ...(min && { minItems: min }), ...(max && { maxItems: max }) };
    case 'string':
      return { type: 'string', ...(min && { minLength: min }), ...(max && { maxLength: max }), ...(shape?.traits?.['smithy.api#pattern'] && { pattern: shape.traits['smithy.api#pattern'] }) };
    case 'enum':
      return { type: 'string' };
    case 'blob':
      return { type: 'string', pattern: '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$' };
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
    case 'long':
      return { type: 'integer' };
    default:
      throw new Error(`No JSON for the shape ${name}.`);
  }
}

const within = (id, document, pointer) => {
  ajv.addSchema({ $id: id, ...closed(document) });
  return ajv.compile({ $ref: `${id}#${pointer}` });
};

let hasGmail = false;
const gmail = () => {
  if (!hasGmail) ajv.addSchema({ $id: 'gmail', ...closed(load('identity', 'gmail-v1.schema.json')) });
  hasGmail = true;
  return 'gmail';
};

const schemas = {
  sendgrid: () => within('sendgrid', load('sendgrid', 'tsg_mail_v3.json'), '/components/requestBodies/PostMailSend/content/application~1json/schema'),
  resend: () => within('resend', load('resend', 'resend.json'), '/components/schemas/SendEmailRequest'),
  postmark: () => within('postmark', load('postmark', 'postmark.schema.json'), '/$defs/Message'),
  gmail: () => ajv.compile({ $ref: `${gmail()}#/$defs/Message` }),
  'gmail-label': () => ajv.compile({ $ref: `${gmail()}#/$defs/Label` }),
  'gmail-modify': () => ajv.compile({ $ref: `${gmail()}#/$defs/ModifyMessageRequest` }),
  'graph-folder': () => {
    ajv.addSchema({ $id: 'graph', ...load('identity', 'msgraph-v1.0-mail-users.schema.json') });
    return ajv.compile({ $ref: 'graph#/$defs/MailFolder', unevaluatedProperties: false }); // it has a base, so that it cannot be closed by itself
  },
  ses: () => ajv.compile(smithy(load('aws-sesv2', 'sesv2-2019-09-27.smithy.json'), 'com.amazonaws.sesv2#SendEmailRequest')),
};
const compiled = {};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, schema, data } = JSON.parse(line);
  const validate = (compiled[schema] ??= schemas[schema]());
  const errors = validate(data) ? [] : validate.errors.map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
  process.stdout.write(`${JSON.stringify({ id, errors })}\n`);
}
