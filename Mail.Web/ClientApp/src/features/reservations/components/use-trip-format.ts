import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Times by the clock where the trip begins, whatever the browser's own zone. */
export function useTripFormat(timeZone: string) {
  const { i18n } = useTranslation();
  const language = i18n.resolvedLanguage ?? 'en';
  return useMemo(() => {
    const zone = known(timeZone);
    const moment = new Intl.DateTimeFormat(language, {
      dateStyle: 'medium',
      timeStyle: 'short',
      timeZone: zone,
    });
    const clock = new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone: zone });
    const day = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeZone: zone });
    return {
      /** "Dec 5, 2026, 8:30 AM" */
      moment: (at: string) => moment.format(new Date(at)),
      /** "8:42 AM", with the date when it is another day than the departure's. */
      clock: (at: string, departure: string) =>
        (day.format(new Date(at)) === day.format(new Date(departure)) ? clock : moment).format(new Date(at)),
      price: (amount: number, currency: string) =>
        new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount),
    };
  }, [language, timeZone]);
}

/** A browser may not know a zone that the server knows. */
function known(timeZone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
