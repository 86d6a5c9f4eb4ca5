/** Ranges that go along with the clock; the address holds their names. */
export const ranges = ['1h', '24h', '7d', '30d'] as const;

export type Range = (typeof ranges)[number];

const hours: Record<Range, number> = { '1h': 1, '24h': 24, '7d': 7 * 24, '30d': 30 * 24 };

export const isRange = (value: string | undefined): value is Range => ranges.some((range) => range === value);

const isDay = (value: string) => /^\d{4}-\d{2}-\d{2}$/.test(value);

/** The beginning of a day in the browser's zone; what is no day stays as it is, and the API says what is wrong with it. */
function startOf(value: string, daysLater: number): string {
  if (!isDay(value)) return value;
  const day = new Date(`${value}T00:00:00`);
  if (Number.isNaN(day.getTime())) return value;
  day.setDate(day.getDate() + daysLater);
  return day.toISOString();
}

/** What the API is asked: `since` as a range or a day, `until` as the last day that counts. */
export function timesOf(
  since: string | undefined,
  until: string | undefined,
  now = Date.now(),
): { since: string | undefined; until: string | undefined } {
  return {
    since: isRange(since)
      ? new Date(now - hours[since] * 3_600_000).toISOString()
      : since && startOf(since, 0),
    until: until && startOf(until, 1),
  };
}
