import { useTranslation } from 'react-i18next';

/** "12.4 ms", in the language of the page. */
export function useDuration() {
  const { i18n } = useTranslation();
  const format = new Intl.NumberFormat(i18n.resolvedLanguage ?? 'en', { maximumSignificantDigits: 3 });
  return (milliseconds: number) =>
    milliseconds < 1000
      ? `${format.format(milliseconds)}\u00a0ms`
      : `${format.format(milliseconds / 1000)}\u00a0s`;
}
