import { z } from 'zod';
import { ApiError } from './api-error';
import type { Addressed, BodyOf, Operation, PathOf, QueryValue, Reads, Verb } from './documented';
import { sessionTurn, signedInAgain } from './session-end';
import { workplace } from './workplace';

interface Options {
  signal?: AbortSignal | undefined;
  /** Such as If-Match. */
  headers?: Record<string, string> | undefined;
  /** False where the end of the session is an answer, and nothing that waits until somebody signs in again. */
  outlives?: boolean | undefined;
}

type Query = Record<string, QueryValue>;

type Address = Options & { path?: Record<string, string | number> | undefined; query?: Query | undefined };

type Body = Address & { body?: unknown; schema: z.ZodType };

type Reading<O, S extends z.ZodType> = Options & Addressed<O> & Reads<O, S>;

type Changing<O, S extends z.ZodType> = Reading<O, S> & { body?: BodyOf<O> };

/** A path that was put together, which the document cannot speak of. */
type Loose<V extends Verb, Q extends string> = Q extends PathOf<V> ? never : Q;

type LooseCall<V extends Verb> = <Q extends string, S extends z.ZodType>(
  path: Loose<V, Q>,
  options: Address & { body?: unknown; schema: S },
) => Promise<z.output<S>>;

type Get = LooseCall<'get'> &
  (<P extends PathOf<'get'>, S extends z.ZodType>(
    path: P,
    options: Reading<Operation<'get', P>, S>,
  ) => Promise<z.output<S>>);

type Change<V extends Verb> = LooseCall<V> &
  (<P extends PathOf<V>, S extends z.ZodType>(
    path: P,
    options: Changing<Operation<V, P>, S>,
  ) => Promise<z.output<S>>);

type GetText = (<Q extends string>(path: Loose<'get', Q>, options: Address) => Promise<string>) &
  (<P extends PathOf<'get'>>(path: P, options: Options & Addressed<Operation<'get', P>>) => Promise<string>);

type Upload = (<Q extends string, S extends z.ZodType>(
  path: Loose<'post', Q>,
  file: Blob,
  options: Address & { schema: S },
) => Promise<z.output<S>>) &
  (<P extends PathOf<'post'>, S extends z.ZodType>(
    path: P,
    file: Blob,
    options: Reading<Operation<'post', P>, S>,
  ) => Promise<z.output<S>>);

type Delete = (<Q extends string>(path: Loose<'delete', Q>, options?: Address) => Promise<void>) &
  (<P extends PathOf<'delete'>>(
    path: P,
    options?: Options & Addressed<Operation<'delete', P>>,
  ) => Promise<void>);

const errorBody = z.object({ statusCode: z.number(), name: z.string(), message: z.string() });

/**
 * Calls to Mail.Api through the console's own host. A path is one of the OpenAPI document, with its parameters in `path`; query, body and schema must be what the document says of it. Every method
 * throws ApiError on any status but 2xx.
 */
export const api = {
  get: ((path: string, options: object) => call('GET', path, options)) as Get,

  /** The OpenAPI document, which says nothing of itself. */
  document: <S extends z.ZodType>(options: { schema: S; signal?: AbortSignal }) =>
    call<z.output<S>>('GET', '/openapi/v1.json', options),

  /** A part of a message as it is: never parsed. */
  getText: (async (path: string, options: Address) => {
    const headers = { Accept: 'text/plain' };
    return (
      await send(addressOf(path, options), { method: 'GET', signal: options.signal ?? null, headers })
    ).text();
  }) as GetText,

  post: ((path: string, options: object) => change('POST', path, options)) as Change<'post'>,

  put: ((path: string, options: object) => change('PUT', path, options)) as Change<'put'>,

  patch: ((path: string, options: object) => change('PATCH', path, options)) as Change<'patch'>,

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
  upload: (async (path: string, file: Blob, options: Body) => {
    const headers = { 'Content-Type': 'text/csv' };
    const init = { method: 'POST', signal: options.signal ?? null, headers, body: file };
    return read(await send(addressOf(path, options), init), options.schema);
  }) as Upload,

  /** What is gone answers without a word. */
  delete: (async (path: string, options: Address = {}) => {
    await send(addressOf(path, options), { method: 'DELETE', headers: options.headers ?? {} });
  }) as Delete,
};

/** Where the API stands on the console's own host. */
export const apiRoot = '/api';

type ApiUrl = (<Q extends string>(path: Loose<'get', Q>, options?: Address) => string) &
  (<P extends PathOf<'get'>>(path: P, options?: Addressed<Operation<'get', P>>) => string);

/** The address of an API path for iframes and links, which set no header: it names the project. */
export const apiUrl = ((path: string, options?: Address) =>
  apiRoot +
  addressOf(path, {
    path: options?.path,
    query: { ...options?.query, project: workplace()?.projectId },
  })) as ApiUrl;

/** For calls that answer without a word. */
export const nothing = z.undefined();

async function call<T>(method: string, path: string, options: object): Promise<T> {
  const { schema, signal, outlives } = options as Body;
  const answer = await send(addressOf(path, options), { method, signal: signal ?? null }, outlives);
  return (await read(answer, schema)) as T;
}

async function change<T>(method: string, path: string, options: object): Promise<T> {
  const { body, schema, signal, headers, outlives } = options as Body;
  const init = {
    method,
    signal: signal ?? null,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body ?? {}),
  };
  const answer = await send(addressOf(path, options), init, outlives);
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

/** Waits through the end of a session: the caller hears of it only when nobody signs in again. */
async function send(path: string, init: RequestInit, outlives = true): Promise<Response> {
  for (;;) {
    const asked = sessionTurn();
    const answer = await fetchOnce(path, init);
    if (answer.ok) return answer;
    const error = await toError(answer);
    if (!outlives || !error.isSessionOver || !(await signedInAgain(asked, init.signal))) throw error;
  }
}

async function fetchOnce(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  // A form on another site cannot set a header of its own: the API takes the cookie only together with this one.
  headers.set('X-Mail-Console', '1');
  headers.set('Accept-Language', document.documentElement.lang || 'en'); // causes and alerts come in the console's language
  const place = workplace();
  if (place) headers.set('X-Mail-Project', place.projectId);
  if (!headers.has('Accept')) headers.set('Accept', 'application/json');

  try {
    return await fetch(apiRoot + path, { ...init, headers, credentials: 'same-origin' });
  } catch (cause) {
    if (init.signal?.aborted) throw cause; // TanStack Query cancelled it; that is no failure
    throw new ApiError(0, 'network_unreachable', 'The server cannot be reached.', { cause });
  }
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
  const requestId = answer.headers.get('X-Request-Id') ?? undefined;
  try {
    const body: unknown = JSON.parse(text);
    const said = errorBody.parse(body);
    return new ApiError(answer.status, said.name, said.message, { body, requestId });
  } catch {
    // Something in front of the API answered in its own words (a load balancer, a captive portal).
    const said = `${answer.status} ${answer.statusText}`.trim();
    return new ApiError(answer.status, 'unexpected_answer', said, { requestId });
  }
}

function queryString(query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  }
  return parameters.size === 0 ? '' : `?${parameters.toString()}`;
}
