import type { OpenApiDocument, Parameter, Schema } from './document';

/** One call that an API key can make. */
export interface Operation {
  /** In the page's address: `post-emails-id-cancel`. */
  id: string;
  group: string;
  method: string;
  path: string;
  title: string;
  description: string | undefined;
  scope: string;
  parameters: Parameter[];
  /** Of JSON; `undefined` without a body. */
  body: Schema | undefined;
  /** What a body that is not JSON is: `text/csv`. */
  bodyType: string | undefined;
  answers: Answer[];
}

export interface Answer {
  status: string;
  /** Of JSON. */
  schema: Schema | undefined;
}

export interface Group {
  name: string;
  operations: Operation[];
}

export interface Reference {
  groups: Group[];
  schemas: Record<string, Schema>;
}

export const operationId = (method: string, path: string) =>
  `${method}${path.replace(/[{}]/g, '').replace(/[^A-Za-z0-9]+/g, '-')}`.toLowerCase().replace(/-$/, '');

/** What needs no scope is for the console's session and for links in mails: not for apps, and not here. */
export function referenceOf(document: OpenApiDocument): Reference {
  const groups = new Map<string, Operation[]>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const scope = operation['x-required-scope'];
      if (scope === undefined || method === 'head') continue;
      const group = operation.tags?.[0] ?? 'API';
      const content = operation.requestBody?.content;
      const body = content?.['application/json']?.schema;
      const known = groups.get(group) ?? [];
      known.push({
        id: operationId(method, path),
        group,
        method: method.toUpperCase(),
        path,
        title: operation.summary ?? path,
        description: operation.description,
        scope,
        parameters: operation.parameters ?? [],
        body,
        bodyType: body === undefined ? Object.keys(content ?? {})[0] : undefined,
        answers: Object.entries(operation.responses ?? {})
          .map(([status, answer]) => ({ status, schema: answer.content?.['application/json']?.schema }))
          .sort((a, b) => a.status.localeCompare(b.status)),
      });
      groups.set(group, known);
    }
  }
  return {
    groups: [...groups].map(([name, operations]) => ({ name, operations })),
    schemas: document.components?.schemas ?? {},
  };
}

/** Every word must stand in the path, the title or the group. */
export function search({ groups }: Reference, text: string): Group[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return groups
    .map(({ name, operations }) => ({
      name,
      operations: operations.filter((one) => {
        const all = `${one.method} ${one.path} ${one.title} ${name} ${one.scope}`.toLowerCase();
        return words.every((word) => all.includes(word));
      }),
    }))
    .filter(({ operations }) => operations.length > 0);
}
