import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

const units: [Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** Dates, times and sizes in the language of the page and the time zone of the browser. */
export function useFormat() {
  const { i18n } = useTranslation();
  const language = i18n.resolvedLanguage ?? 'en';
  return useMemo(() => createFormat(language), [language]);
}

export function createFormat(language: string) {
  const absolute = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return {
    /** "Nov 20, 2026, 6:14:03 PM" */
    dateTime: (value: string) => absolute.format(new Date(value)),
    /** "6:14:03 PM" */
    time: (value: string) => clock.format(new Date(value)),
    /** "3 minutes ago", "in 20 seconds". @param now milliseconds since 1970 */
    relative: (value: string, now: number) => {
      const seconds = Math.round((Date.parse(value) - now) / 1000);
      for (const [unit, length] of units) {
        if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit);
      }
      return relative.format(seconds, 'second');
    },
    /** "12.5 kB"; 1 kB is 1000 bytes. */
    bytes: (count: number) =>
      count < 1000 ? `${number.format(count)} B` : `${number.format(count / 1000)} kB`,
  };
}
