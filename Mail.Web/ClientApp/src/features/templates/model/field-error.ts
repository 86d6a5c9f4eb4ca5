import { ApiError } from '@/shared/api/api-error';

/** What the API said about one field, in its own words; its messages begin with the field's name. */
export function fieldError(error: Error | null, ...fields: string[]): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const named = /^`([^`]+)`/.exec(error.message)?.[1];
  return named !== undefined && fields.some((field) => named === field || named.startsWith(`${field}.`))
    ? error.message
    : undefined;
}
