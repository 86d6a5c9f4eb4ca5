import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Numbers, parts and days in the language of the page. */
export function useNumbers() {
  const { i18n } = useTranslation();
  const language = i18n.resolvedLanguage;
  return useMemo(() => {
    const number = new Intl.NumberFormat(language);
    const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
    const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
    const month = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
    return {
      number: (value: number) => number.format(value),
      /** Nothing was sent: nothing can be said. */
      percent: (value: number | null) => (value === null ? '–' : percent.format(value)),
      /** @param date such as 2026-11-21 */
      day: (date: string) => day.format(new Date(date)),
      /** @param value such as 2026-11 */
      month: (value: string) => month.format(new Date(`${value}-01`)),
    };
  }, [language]);
}
