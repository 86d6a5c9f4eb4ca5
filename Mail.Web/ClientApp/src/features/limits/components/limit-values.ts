import type { RelayLimits } from '../api/limits';

export interface DomainLine {
  /** For React: lines have no other name while they are typed. */
  key: number;
  domain: string;
  rate: string;
  concurrent: string;
}

/** What a person has typed. Numbers are text until they are sent, so that a field can be empty. */
export interface LimitValues {
  rate: string;
  connections: string;
  day: string;
  month: string;
  domains: DomainLine[];
  warming: boolean;
  startsOn: string;
  firstDay: string;
  growth: string;
  ceiling: string;
}

const text = (value: number | null | undefined) =>
  value === null || value === undefined ? '' : String(value);

export function valuesOf(relay: RelayLimits, today: string): LimitValues {
  return {
    rate: text(relay.rate_per_second),
    connections: text(relay.max_connections),
    day: text(relay.day_quota),
    month: text(relay.month_quota),
    domains: relay.domain_limits.map((line, key) => ({
      key,
      domain: line.domain,
      rate: text(line.rate_per_second),
      concurrent: text(line.max_concurrent),
    })),
    warming: relay.warm_up !== null,
    startsOn: relay.warm_up?.starts_on ?? today,
    firstDay: text(relay.warm_up?.first_day ?? 50),
    growth: text(relay.warm_up?.growth ?? 1.5),
    ceiling: text(relay.warm_up?.ceiling),
  };
}

/** The body of PATCH /relays/{id}: all limits, and the revision that they were read from. */
export function bodyOf(values: LimitValues, revision: number): Record<string, unknown> {
  const number = (typed: string) => (typed.trim() === '' ? null : Number(typed));
  return {
    rate_per_second: number(values.rate),
    max_connections: number(values.connections),
    day_quota: number(values.day),
    month_quota: number(values.month),
    domain_limits: values.domains.map(({ domain, rate, concurrent }) => ({
      domain: domain.trim(),
      rate_per_second: number(rate),
      max_concurrent: number(concurrent),
    })),
    warm_up: values.warming
      ? {
          starts_on: values.startsOn,
          first_day: number(values.firstDay) ?? 0,
          growth: number(values.growth) ?? 0,
          ceiling: number(values.ceiling),
        }
      : null,
    revision,
  };
}
