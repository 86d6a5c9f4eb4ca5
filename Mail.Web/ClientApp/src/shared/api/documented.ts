import type { z } from 'zod';
import type { paths } from './openapi.gen';

/** What the OpenAPI document says of a call, as types: its paths, parameters, bodies and answers. */
export type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The paths that know this method. */
export type PathOf<V extends Verb> = {
  [P in keyof paths]: paths[P] extends Record<V, object> ? P : never;
}[keyof paths];

export type Operation<V extends Verb, P extends PathOf<V>> = paths[P] extends Record<V, infer O> ? O : never;

export type QueryValue = string | number | boolean | undefined;

type PathValues<O> = O extends { parameters: { path: infer T } }
  ? { path: { [K in keyof T]: string | number } }
  : { path?: undefined };

type QueryValues<O> = O extends { parameters: { query?: infer T } }
  ? [NonNullable<T>] extends [never]
    ? { query?: undefined }
    : { query?: { [K in keyof NonNullable<T>]?: QueryValue } }
  : { query?: undefined };

type Json<C> = C extends { 'application/json': infer T } ? T : unknown;

/** What may be null may be left out: the API takes both for the same. */
type Sent<T> = T extends readonly (infer I)[]
  ? readonly Sent<I>[]
  : T extends object
    ? { [K in keyof T as null extends T[K] ? K : never]?: Sent<T[K]> | undefined } & {
        [K in keyof T as null extends T[K] ? never : K]: Sent<T[K]>;
      }
    : T;

/** The body that a call takes; `unknown` where the document does not say more. */
export type BodyOf<O> = O extends { requestBody?: infer R }
  ? NonNullable<R> extends { content: infer C }
    ? Sent<Json<C>>
    : undefined
  : undefined;

/** What a success answers. */
export type AnswerOf<O> = O extends { responses: infer R }
  ? { [S in keyof R]: R[S] extends { content: infer C } ? Json<C> : undefined }[keyof R]
  : never;

export type Addressed<O> = PathValues<O> & QueryValues<O>;

/**
 * Where a schema reads another thing than the document says: a field that is not there, one that may be null, another type. `never` when it fits. A schema may read less than there is, and may
 * be more exact about words (`z.literal`, `z.enum`) than the document.
 */
// That a field may be missing says nothing of an answer: the API writes all of them, and the document lists as required only what a constructor takes.
export type Misfit<D, Z, At extends string = 'answer'> = unknown extends Z
  ? never
  : unknown extends D
    ? never
    : null extends D
      ? null extends Z
        ? Inner<NonNullable<D>, NonNullable<Z>, At>
        : `${At} may be null`
      : Inner<NonNullable<D>, NonNullable<Z>, At>;

type Inner<D, Z, At extends string> = [D] extends [never]
  ? never
  : [Z] extends [never]
    ? never
    : [D] extends [readonly (infer I)[]]
      ? [Z] extends [readonly (infer J)[]]
        ? Misfit<I, J, `${At}[]`>
        : `${At} is a list`
      : [Z] extends [object]
        ? string extends keyof Z
          ? never
          : {
              [K in keyof Z & string]-?: K extends keyof D
                ? Misfit<D[K], Z[K], `${At}.${K}`>
                : `${At}.${K} is not documented`;
            }[keyof Z & string]
        : [Z] extends [D]
          ? never
          : [D] extends [Z]
            ? never
            : `${At} is of another type`;

/** Makes the compiler name what does not fit. */
export type Reads<O, S extends z.ZodType> = { schema: S } & ([Misfit<AnswerOf<O>, z.input<S>>] extends [never]
  ? unknown
  : { schema: Misfit<AnswerOf<O>, z.input<S>> });
