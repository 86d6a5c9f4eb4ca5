import { z } from 'zod';
import { ApiError } from './api-error';
import { workplace } from './workplace';

type QueryValue = string | number | undefined;

interface Options<T> {
  schema: z.ZodType<T>;
  signal?: AbortSignal;
}

interface GetOptions<T> extends Options<T> {
  query?: Record<string, QueryValue>;
}

interface PostOptions<T> extends Options<T> {
  body?: unknown;
  headers?: Record<string, string>;
}

const errorBody = z.object({ statusCode: z.number(), name: z.string(), message: z.string() });

/** Calls to Mail.Api through the console's own host. Every method throws ApiError on any status but 2xx. */
export const api = {
  async get<T>(path: string, { query, schema, signal }: GetOptions<T>): Promise<T> {
    const answer = await send(path + queryString(query), { method: 'GET', signal });
    return read(answer, schema);
  },

  /** A part of a message as it is: never parsed. */
  async getText(path: string, { signal }: { signal?: AbortSignal }): Promise<string> {
    const answer = await send(path, { method: 'GET', signal, headers: { Accept: 'text/plain' } });
    return answer.text();
  },

  post<T>(path: string, options: PostOptions<T>): Promise<T> {
    return change('POST', path, options);
  },

  put<T>(path: string, options: PostOptions<T>): Promise<T> {
    return change('PUT', path, options);
  },

  patch<T>(path: string, options: PostOptions<T>): Promise<T> {
    return change('PATCH', path, options);
  },

  /** A file as it is: the browser sends it as it reads it. */
  async upload<T>(path: string, file: Blob, { query, schema, signal }: GetOptions<T>): Promise<T> {
    const headers = { 'Content-Type': 'text/csv' };
    return read(
      await send(path + queryString(query), { method: 'POST', signal, headers, body: file }),
      schema,
    );
  },

  /** What is gone answers without a word. */
  async delete(path: string, { headers }: { headers?: Record<string, string> } = {}): Promise<void> {
    await send(path, { method: 'DELETE', headers });
  },
};

/** Where the API stands on the console's own host. */
export const apiRoot = '/api';

/** The address of an API path for iframes and links, which set no header: it names the project. */
export const apiUrl = (path: string, query?: Record<string, QueryValue>) =>
  `${apiRoot}${path}${queryString({ ...query, project: workplace()?.projectId })}`;

/** For calls that answer without a word. */
export const nothing = z.undefined();

async function change<T>(
  method: string,
  path: string,
  { body, schema, signal, headers }: PostOptions<T>,
): Promise<T> {
  const answer = await send(path, {
    method,
    signal,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body ?? {}),
  });
  return read(answer, schema);
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

async function toError(answer: Response): Promise<ApiError> {
  const text = await answer.text();
  try {
    const body: unknown = JSON.parse(text);
    const said = errorBody.parse(body);
    return new ApiError(answer.status, said.name, said.message, { body });
  } catch {
    // Something in front of the API answered in its own words (a load balancer, a captive portal).
    return new ApiError(answer.status, 'unexpected_answer', `${answer.status} ${answer.statusText}`.trim());
  }
}

function queryString(query: Record<string, QueryValue> = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  }
  return parameters.size === 0 ? '' : `?${parameters.toString()}`;
}
