import type { ApiKey, ApiKeyWish } from '../api/api-keys';

export interface FormValues {
  name: string;
  permission: string;
  scopes: string[];
  domains: string;
  allowedIps: string;
  rate: string;
  /** As `datetime-local` has it, in the time zone of the browser. */
  expires: string;
  test: boolean;
}

export const emptyValues: FormValues = {
  name: '',
  permission: 'sending_access',
  scopes: [],
  domains: '',
  allowedIps: '',
  rate: '',
  expires: '',
  test: false,
};

/** A key made by somebody with fewer rights has all of theirs: its scopes stay as they are until one chooses another permission. */
export const valuesOf = (key: ApiKey): FormValues => ({
  name: key.name,
  permission: key.permission,
  scopes: key.scopes,
  domains: key.domains.join('\n'),
  allowedIps: key.allowed_ips.join('\n'),
  rate: key.rate_per_second?.toString() ?? '',
  expires: key.expires_at === null ? '' : localTime(key.expires_at),
  test: key.test,
});

/** @param key what there is; its time is left out where nobody touched it, because one that is over cannot be set again */
export function wishOf(values: FormValues, key?: ApiKey): ApiKeyWish {
  const same = key !== undefined && values.expires === valuesOf(key).expires;
  return {
    name: values.name.trim(),
    ...(values.permission === 'custom' ? { scopes: values.scopes } : { permission: values.permission }),
    domains: linesOf(values.domains),
    allowed_ips: linesOf(values.allowedIps),
    rate_per_second: values.rate.trim() === '' ? null : Number(values.rate),
    ...(!same && { expires_at: values.expires === '' ? null : new Date(values.expires).toISOString() }),
    ...(key === undefined && values.test && { test: true }),
  };
}

const linesOf = (text: string) => text.split(/[\s,;]+/).filter((line) => line !== '');

function localTime(at: string): string {
  const time = new Date(at);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
