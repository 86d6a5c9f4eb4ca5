import { z } from 'zod';
import { ApiError } from './api-error';
import type { Addressed, BodyOf, Operation, PathOf, QueryValue, Reads } from './documented';
import { workplace } from './workplace';

interface Options {
  signal?: AbortSignal | undefined;
  /** Such as If-Match. */
  headers?: Record<string, string> | undefined;
}

type Query = Record<string, QueryValue>;

type Address = Options & { path?: Record<string, string | number> | undefined; query?: Query | undefined };

type Body = Address & { body?: unknown; schema: z.ZodType };

type Reading<O, S extends z.ZodType> = Options & Addressed<O> & Reads<O, S>;

type Changing<O, S extends z.ZodType> = Reading<O, S> & { body?: BodyOf<O> };

const errorBody = z.object({ statusCode: z.number(), name: z.string(), message: z.string() });

/**
 * Calls to Mail.Api through the console's own host. A path is one of the OpenAPI document, with its parameters in `path`; query, body and schema must be what the document says of it. Every method
 * throws ApiError on any status but 2xx.
 */
export const api = {
  get<P extends PathOf<'get'>, S extends z.ZodType>(path: P, options: Reading<Operation<'get', P>, S>) {
    return call<z.output<S>>('GET', path, options);
  },

  /** The OpenAPI document, which says nothing of itself. */
  async document<S extends z.ZodType>({
    schema,
    signal,
  }: {
    schema: S;
    signal?: AbortSignal;
  }): Promise<z.output<S>> {
    return call<z.output<S>>('GET', '/openapi/v1.json', { schema, signal });
  },

  /** A part of a message as it is: never parsed. */
  async getText<P extends PathOf<'get'>>(
    path: P,
    options: Options & Addressed<Operation<'get', P>>,
  ): Promise<string> {
    const answer = await send(addressOf(path, options), {
      method: 'GET',
      signal: options.signal ?? null,
      headers: { Accept: 'text/plain' },
    });
    return answer.text();
  },

  post<P extends PathOf<'post'>, S extends z.ZodType>(path: P, options: Changing<Operation<'post', P>, S>) {
    return change<z.output<S>>('POST', path, options);
  },

  put<P extends PathOf<'put'>, S extends z.ZodType>(path: P, options: Changing<Operation<'put', P>, S>) {
    return change<z.output<S>>('PUT', path, options);
  },

  patch<P extends PathOf<'patch'>, S extends z.ZodType>(
    path: P,
    options: Changing<Operation<'patch', P>, S>,
  ) {
    return change<z.output<S>>('PATCH', path, options);
  },

  /**
   * Server-sent events of a call that changes or examines something (EventSource can only GET). Ends when the server ends the stream.
   * @param onEvent gets each event's name and its data, as JSON
   */
  async events(
    path: string,
    {
      body,
      signal,
      onEvent,
    }: { body?: unknown; signal?: AbortSignal; onEvent: (name: string, data: unknown) => void },
  ): Promise<void> {
    const answer = await send(path, {
      method: 'POST',
      signal,
      headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
      body: JSON.stringify(body ?? {}),
    });
    await readEvents(answer, onEvent);
  },

  /** A file as it is: the browser sends it as it reads it. */
  async upload<P extends PathOf<'post'>, S extends z.ZodType>(
    path: P,
    file: Blob,
    options: Reading<Operation<'post', P>, S>,
  ): Promise<z.output<S>> {
    const { schema, signal } = options as Body;
    const headers = { 'Content-Type': 'text/csv' };
    const answer = await send(addressOf(path, options), {
      method: 'POST',
      signal: signal ?? null,
      headers,
      body: file,
    });
    return (await read(answer, schema)) as z.output<S>;
  },

  /** What is gone answers without a word. */
  async delete<P extends PathOf<'delete'>>(
    path: P,
    options?: Addressed<Operation<'delete', P>> & Pick<Options, 'headers'>,
  ): Promise<void> {
    await send(addressOf(path, options ?? {}), { method: 'DELETE', headers: options?.headers ?? {} });
  },
};

/** Where the API stands on the console's own host. */
export const apiRoot = '/api';

/** The address of an API path for iframes and links, which set no header: it names the project. */
export const apiUrl = <P extends PathOf<'get'>>(path: P, options?: Addressed<Operation<'get', P>>) => {
  const { path: parameters, query }: Address = options ?? {};
  return (
    apiRoot + addressOf(path, { path: parameters, query: { ...query, project: workplace()?.projectId } })
  );
};

/** For calls that answer without a word. */
export const nothing = z.undefined();

async function call<T>(method: string, path: string, options: object): Promise<T> {
  const { schema, signal } = options as Body;
  const answer = await send(addressOf(path, options), { method, signal: signal ?? null });
  return (await read(answer, schema)) as T;
}

async function change<T>(method: string, path: string, options: object): Promise<T> {
  const { body, schema, signal, headers } = options as Body;
  const answer = await send(addressOf(path, options), {
    method,
    signal: signal ?? null,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body ?? {}),
  });
  return (await read(answer, schema)) as T;
}

/** `/emails/{id}` with its parameters filled in, and the query. */
function addressOf(path: string, options: Address): string {
  const filled = path.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = options.path?.[name];
    return value === undefined ? hole : encodeURIComponent(value);
  });
  return filled + queryString(options.query);
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  // A form on another site cannot set a header of its own: the API takes the cookie only together with this one.
  headers.set('X-Mail-Console', '1');
  headers.set('Accept-Language', document.documentElement.lang || 'en'); // causes and alerts come in the console's language
  const place = workplace();
  if (place) headers.set('X-Mail-Project', place.projectId);
  if (!headers.has('Accept')) headers.set('Accept', 'application/json');

  let answer: Response;
  try {
    answer = await fetch(apiRoot + path, { ...init, headers, credentials: 'same-origin' });
  } catch (cause) {
    if (init.signal?.aborted) throw cause; // TanStack Query cancelled it; that is no failure
    throw new ApiError(0, 'network_unreachable', 'The server cannot be reached.', { cause });
  }
  if (!answer.ok) throw await toError(answer);
  return answer;
}

async function read<T>(answer: Response, schema: z.ZodType<T>): Promise<T> {
  let body: unknown;
  try {
    const text = await answer.text();
    body = text === '' ? undefined : JSON.parse(text);
  } catch (cause) {
    throw new ApiError(answer.status, 'unexpected_answer', 'The answer is not JSON.', { cause });
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.') ?? '';
  throw new ApiError(answer.status, 'unexpected_answer', `${where}: ${issue?.message ?? ''}`, {
    cause: parsed.error,
  });
}

/** The part of the event stream format (HTML, 9.2.6) that our API writes: `event` and one line of `data`. */
async function readEvents(answer: Response, onEvent: (name: string, data: unknown) => void) {
  if (answer.body === null) return;
  const reader = answer.body.getReader();
  const decoder = new TextDecoder();
  let waiting = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (waiting + decoder.decode(value, { stream: true })).split('\n\n');
      waiting = blocks.pop() ?? '';
      for (const block of blocks) {
        const field = (name: string) =>
          block
            .split('\n')
            .find((line) => line.startsWith(`${name}: `))
            ?.slice(name.length + 2);
        onEvent(field('event') ?? 'message', JSON.parse(field('data') ?? 'null'));
      }
    }
  } catch (cause) {
    throw new ApiError(0, 'network_unreachable', 'The connection ended before the answer did.', { cause });
  }
}

async function toError(answer: Response): Promise<ApiError> {
  const text = await answer.text();
  try {
    const body = errorBody.parse(JSON.parse(text));
    return new ApiError(answer.status, body.name, body.message);
  } catch {
    // Something in front of the API answered in its own words (a load balancer, a captive portal).
    return new ApiError(answer.status, 'unexpected_answer', `${answer.status} ${answer.statusText}`.trim());
  }
}

function queryString(query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  }
  return parameters.size === 0 ? '' : `?${parameters.toString()}`;
}
