import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { alertsEn } from '@/features/alerts/locales/en';
import { alertsFr } from '@/features/alerts/locales/fr';
import { authEn } from '@/features/auth/locales/en';
import { authFr } from '@/features/auth/locales/fr';
import { commonEn } from '@/shared/i18n/common.en';
import { commonFr } from '@/shared/i18n/common.fr';
import { beforeLanguage, languages, type Language } from '@/shared/i18n/language';
import { loadLanguage } from './words';

// What stands around every page and before it; the words of a page come with it (words.ts).
const first = {
  en: { common: commonEn, auth: authEn, alerts: alertsEn },
  fr: { common: commonFr, auth: authFr, alerts: alertsFr },
} satisfies Record<Language, unknown>;

export function createI18n(language: Language): i18n {
  const instance = i18next.createInstance();
  instance.on('languageChanged', (changed) => {
    document.documentElement.lang = changed; // screen readers take their voice from it
  });
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: false, // every language has all words: the compiler checks it
    supportedLngs: languages.map(({ code }) => code),
    defaultNS: 'common',
    resources: first,
    interpolation: { escapeValue: false }, // React escapes
    initAsync: false,
  });
  beforeLanguage(instance, loadLanguage);
  return instance;
}
