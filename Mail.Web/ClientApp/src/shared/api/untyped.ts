import type { z } from 'zod';
import { api, apiUrl as typedUrl } from './client';

interface Options<T> {
  query?: Record<string, string | number | undefined>;
  schema: z.ZodType<T>;
  signal?: AbortSignal;
}

interface BodyOptions<T> extends Options<T> {
  body?: unknown;
  headers?: Record<string, string>;
}

interface Untyped {
  get: <T>(path: string, options: Options<T>) => Promise<T>;
  getText: (path: string, options: { signal?: AbortSignal }) => Promise<string>;
  post: <T>(path: string, options: BodyOptions<T>) => Promise<T>;
  put: <T>(path: string, options: BodyOptions<T>) => Promise<T>;
  patch: <T>(path: string, options: BodyOptions<T>) => Promise<T>;
  upload: <T>(path: string, file: Blob, options: Options<T>) => Promise<T>;
  delete: (path: string, options?: { headers?: Record<string, string> }) => Promise<void>;
}

/** The same calls with paths that are not compared with the OpenAPI document, for features that do not name them by it yet. What answers is checked by their schemas all the same. */
export const untyped = api as unknown as Untyped;

export const untypedUrl = (path: string, query?: Record<string, string | number | undefined>) =>
  (typedUrl as unknown as (path: string, options: { query: typeof query }) => string)(path, { query });
