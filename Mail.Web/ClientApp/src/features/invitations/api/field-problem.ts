import { ApiError } from '@/shared/api/api-error';

/** Which of a form's fields the API names first in its refusal: its words then stand beside that field. */
export function fieldProblem<T extends string>(
  error: Error | null,
  fields: readonly T[],
): { field: T; message: string } | undefined {
  if (!(error instanceof ApiError) || ![400, 409, 422].includes(error.statusCode)) return undefined;
  const named = /^(?:Missing )?`([a-z_]+)(?:\.\d+)?`/.exec(error.message)?.[1];
  const field = fields.find((one) => one === named);
  return field && { field, message: error.message };
}
