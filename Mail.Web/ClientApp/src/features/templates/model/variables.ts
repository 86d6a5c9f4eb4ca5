import type { Variable } from '../api/template';

/** The variable with another word on one thing; undefined, '' and false say nothing and are left out. */
export function withWord<K extends 'required' | 'secret' | 'default' | 'description'>(
  variable: Variable,
  word: K,
  value: Variable[K],
): Variable {
  const others = Object.fromEntries(
    Object.entries(variable).filter(([name]) => name !== word),
  ) as unknown as Variable;
  const says = value !== undefined && value !== '' && (value !== false || word === 'default');
  return says ? { ...others, [word]: value } : others;
}

/** What stood in for text is no number: another type begins without a default. */
export const withType = (variable: Variable, type: string): Variable => ({
  ...withWord(variable, 'default', undefined),
  type,
  fields: type === 'list' ? (variable.fields ?? {}) : undefined,
});
