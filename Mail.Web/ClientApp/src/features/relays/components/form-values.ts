import type { Field, Kind, Preset } from '../api/list-relay-kinds';
import type { Relay } from '../api/relay';

/** What a person has typed. Numbers are text until they are sent, so that a field can be empty. */
export interface RelayValues {
  name: string;
  enabled: boolean;
  presetRegion: string;
  settings: Record<string, string>;
  priority: string;
  weight: string;
  lanes: string[];
  region: string;
  senders: string[];
  maxConnections: string;
  ratePerSecond: string;
  dayQuota: string;
  monthQuota: string;
}

/** The fields to ask for: a preset knows the server, and sometimes the user name. */
export const fieldsOf = (kind: Kind, preset: Preset | undefined): Field[] =>
  preset === undefined
    ? kind.fields
    : kind.fields.filter(
        ({ name }) => name === 'password' || (name === 'username' && preset.fixed_username === null),
      );

export function newValues(kind: Kind, preset: Preset | undefined): RelayValues {
  const settings: Record<string, string> = {};
  for (const field of fieldsOf(kind, preset)) settings[field.name] = field.default ?? '';
  return {
    name: preset?.name ?? kind.name,
    enabled: true,
    presetRegion: preset?.regions[0]?.name ?? '',
    settings,
    priority: '100',
    weight: '1',
    lanes: [],
    region: '',
    senders: [],
    maxConnections: '',
    ratePerSecond: '',
    dayQuota: '',
    monthQuota: '',
  };
}

export function valuesOf(relay: Relay, fields: Field[]): RelayValues {
  const settings: Record<string, string> = {};
  for (const { name } of fields) {
    const value = relay.settings?.[name];
    settings[name] = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  }
  const text = (value: number | null) => (value === null ? '' : String(value));
  return {
    name: relay.name,
    enabled: relay.enabled,
    presetRegion: relay.preset_region ?? '',
    settings,
    priority: String(relay.priority),
    weight: String(relay.weight),
    lanes: relay.lanes,
    region: relay.region ?? '',
    senders: relay.senders,
    maxConnections: text(relay.max_connections),
    ratePerSecond: text(relay.rate_per_second),
    dayQuota: text(relay.day_quota),
    monthQuota: text(relay.month_quota),
  };
}

interface Target {
  kind: Kind;
  preset: Preset | undefined;
  /** Absent for a new one. */
  relay?: Relay;
}

/** The body of POST or PATCH. A secret left empty is not sent and so stays as it is; any other field left empty is taken out. */
export function bodyOf(values: RelayValues, { kind, preset, relay }: Target): Record<string, unknown> {
  const number = (text: string) => (text.trim() === '' ? null : Number(text));
  const settings: Record<string, unknown> = {};
  for (const field of fieldsOf(kind, preset)) {
    const text = values.settings[field.name] ?? '';
    if (text !== '') settings[field.name] = field.number ? Number(text) : text;
    else if (!field.secret && relay?.settings?.[field.name] !== undefined) settings[field.name] = null;
  }
  const body: Record<string, unknown> = {
    name: values.name,
    enabled: values.enabled,
    priority: number(values.priority),
    weight: number(values.weight),
    lanes: values.lanes,
    region: values.region.trim() === '' ? null : values.region.trim(),
    senders: values.senders,
    max_connections: number(values.maxConnections),
    rate_per_second: number(values.ratePerSecond),
    day_quota: number(values.dayQuota),
    month_quota: number(values.monthQuota),
    settings,
  };
  if (relay) return { ...body, revision: relay.revision };
  // What is not named gets the preset's values, or the defaults.
  const given: Record<string, unknown> = Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== null),
  );
  given.kind = kind.name;
  if (preset) given.preset = preset.name;
  if (preset && values.presetRegion !== '') given.preset_region = values.presetRegion;
  return given;
}

/** The field that a refusal of the API names in backquotes at its beginning. */
export function fieldNamed(message: string): string | undefined {
  return /^(?:Missing )?`([^`]+)`/.exec(message)?.[1]?.split('.').slice(0, 2).join('.');
}
