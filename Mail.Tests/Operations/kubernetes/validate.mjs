// Says what is wrong with objects of Kubernetes by the schemas of their kinds: node validate.mjs <objects.json, a list, on the standard input.
// One line for each fault. A field that no schema knows is a fault too: the API server would leave it out in silence.
import { text } from 'node:stream/consumers';

const operators = {
  'cert-manager.io': '@kubernetes-models/cert-manager',
  'postgresql.cnpg.io': '@kubernetes-models/cloudnative-pg',
  'keda.sh': '@kubernetes-models/keda',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
};

const faults = [];
for (const object of JSON.parse(await text(process.stdin))) {
  const where = `${object.kind} ${object.metadata?.name}`;
  let model;
  try {
    const group = object.apiVersion.split('/')[0];
    model = (await import(`${operators[group] ?? 'kubernetes-models'}/${object.apiVersion}/${object.kind}`))[object.kind];
  } catch (error) {
    faults.push(`${where}: no schema for ${object.apiVersion} (${error.code ?? error.message})`);
    continue;
  }
  const seen = new Map();
  try {
    const instance = new model(object);
    for (const key of Object.keys(instance)) instance[key] = watched(instance[key], `/${key}`, seen);
    instance.validate();
  } catch (error) {
    faults.push(`${where}: ${error.message}`);
  }
  for (const [path, { all, read, asked }] of seen) {
    // What a schema leaves open (a trigger's metadata, an IntOrString) is looked at as a whole or not at all.
    if (asked) for (const key of all) if (!read.has(key)) faults.push(`${where}: ${path}/${key} is no field that there is`);
  }
}
for (const fault of faults) console.log(fault);
process.exit(faults.length > 0 ? 1 : 0);

/** The value, and a note of each of its fields that a validator asks for: those that it never asks for are unknown to it. */
function watched(value, path, seen) {
  if (value === null || typeof value !== 'object') return value;
  const children = new Map(Object.entries(value).map(([key, child]) => [key, watched(child, `${path}/${key}`, seen)]));
  if (Array.isArray(value)) return [...children.values()];
  const note = { all: Object.keys(value), read: new Set(), asked: false };
  seen.set(path, note);
  return new Proxy(value, {
    get(target, key) {
      note.asked ||= typeof key === 'string';
      if (children.has(key)) note.read.add(key);
      return children.has(key) ? children.get(key) : target[key];
    },
  });
}
