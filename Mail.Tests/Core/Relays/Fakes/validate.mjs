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
      return { type: 'string', enum: Object.entries(shape.members).map(([key, member]) => member.traits?.['smithy.api#enumValue'] ?? key) };
    case 'blob':
      return { type: 'string', pattern: '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$' };
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
    case 'long':
      return { type: 'integer' };
    case 'timestamp': // seconds since 1970, unless a trait says otherwise
    case 'double':
      return { type: 'number' };
    case 'map':
      return { type: 'object', additionalProperties: smithy(model, shape.value.target), ...(shape.key.target.startsWith('com.') && { propertyNames: smithy(model, shape.key.target) }) };
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

// Whole families, by a name of two or three parts: `sesv2/CreateEmailIdentityRequest`, `sendgrid/tsg_api_keys_v3/CreateApiKey` (a body), `.../ListStat?` (a query),
// `directory/User`, `gmail/SendAs`, `graph/User`.
const documents = {};
const loaded = (...path) => (documents[path.join('/')] ??= load(...path));

function operation(document, id) {
  for (const methods of Object.values(document.paths))
    for (const one of Object.values(methods)) if (one.operationId === id) return one;
  throw new Error(`No operation ${id}.`);
}

// What stands in a query is text: an integer is one by its form.
function query(document, parameters) {
  const known = parameters.map((one) => (one.$ref ? one.$ref.slice(2).split('/').reduce((at, key) => at[key], document) : one)).filter((one) => one.in === 'query');
  const text = (schema) => (schema.type === 'integer' ? { type: 'string', pattern: '^-?[0-9]+$' } : schema.type === 'boolean' ? { enum: ['true', 'false'] } : { type: 'string', ...(schema.enum && { enum: schema.enum }) });
  return { type: 'object', additionalProperties: false, required: known.filter((one) => one.required).map((one) => one.name), properties: Object.fromEntries(known.map((one) => [one.name, text(one.schema)])) };
}

function family(name) {
  const [kind, first, second] = name.split('/');
  switch (kind) {
    case 'sesv2':
      return ajv.compile(smithy(loaded('aws-sesv2', 'sesv2-2019-09-27.smithy.json'), `com.amazonaws.sesv2#${first}`));
    case 'sendgrid': {
      const document = loaded('sendgrid', `${first}.json`);
      if (second.endsWith('?')) return ajv.compile(query(document, operation(document, second.slice(0, -1)).parameters ?? []));
      if (!ajv.getSchema(first)) ajv.addSchema({ $id: first, ...closed(document) });
      const at = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, one]) => [path, method, one])).find(([, , one]) => one.operationId === second);
      const pointer = ['paths', at[0], at[1], 'requestBody', 'content', 'application/json', 'schema'].map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
      return ajv.compile({ $ref: `${first}#/${pointer}` });
    }
    case 'directory':
      if (!ajv.getSchema('directory')) ajv.addSchema({ $id: 'directory', ...closed(load('identity', 'admin-directory-v1.schema.json')) });
      return ajv.compile({ $ref: `directory#/$defs/${first}` });
    case 'gmail':
      return ajv.compile({ $ref: `${gmail()}#/$defs/${first}` });
    case 'graph':
      if (!hasGraph) ajv.addSchema({ $id: 'graph', ...load('identity', 'msgraph-v1.0-mail-users.schema.json') });
      hasGraph = true;
      return ajv.compile({ $ref: `graph#/$defs/${first}`, unevaluatedProperties: false });
    default:
      throw new Error(`No schema ${name}.`);
  }
}

let hasGraph = false;
const schemas = {
  sendgrid: () => within('sendgrid', load('sendgrid', 'tsg_mail_v3.json'), '/components/requestBodies/PostMailSend/content/application~1json/schema'),
  resend: () => within('resend', load('resend', 'resend.json'), '/components/schemas/SendEmailRequest'),
  postmark: () => within('postmark', load('postmark', 'postmark.schema.json'), '/$defs/Message'),
  gmail: () => ajv.compile({ $ref: `${gmail()}#/$defs/Message` }),
  'gmail-label': () => ajv.compile({ $ref: `${gmail()}#/$defs/Label` }),
  'gmail-modify': () => ajv.compile({ $ref: `${gmail()}#/$defs/ModifyMessageRequest` }),
  'graph-folder': () => family('graph/MailFolder'), // it has a base, so that it cannot be closed by itself
  ses: () => ajv.compile(smithy(load('aws-sesv2', 'sesv2-2019-09-27.smithy.json'), 'com.amazonaws.sesv2#SendEmailRequest')),
};
const compiled = {};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, schema, data } = JSON.parse(line);
  const validate = (compiled[schema] ??= (schemas[schema] ?? (() => family(schema)))());
  const errors = validate(data) ? [] : validate.errors.map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
  process.stdout.write(`${JSON.stringify({ id, errors })}\n`);
}
