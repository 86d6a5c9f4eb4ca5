import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { alertsEn } from '@/features/alerts/locales/en';
import { alertsFr } from '@/features/alerts/locales/fr';
import { authEn } from '@/features/auth/locales/en';
import { authFr } from '@/features/auth/locales/fr';
import { domainsEn } from '@/features/domains/locales/en';
import { domainsFr } from '@/features/domains/locales/fr';
import { messagesEn } from '@/features/messages/locales/en';
import { messagesFr } from '@/features/messages/locales/fr';
import { privacyEn } from '@/features/privacy/locales/en';
import { privacyFr } from '@/features/privacy/locales/fr';
import { relaysEn } from '@/features/relays/locales/en';
import { relaysFr } from '@/features/relays/locales/fr';
import { webhooksEn } from '@/features/webhooks/locales/en';
import { webhooksFr } from '@/features/webhooks/locales/fr';
import { suppressionsEn } from '@/features/suppressions/locales/en';
import { suppressionsFr } from '@/features/suppressions/locales/fr';
import { commonEn } from '@/shared/i18n/common.en';
import { commonFr } from '@/shared/i18n/common.fr';
import { languages, type Language } from '@/shared/i18n/language';

const en = {
  common: commonEn,
  auth: authEn,
  messages: messagesEn,
  alerts: alertsEn,
  relays: relaysEn,
  domains: domainsEn,
  webhooks: webhooksEn,
  suppressions: suppressionsEn,
  privacy: privacyEn,
};
const fr = {
  common: commonFr,
  auth: authFr,
  messages: messagesFr,
  alerts: alertsFr,
  relays: relaysFr,
  domains: domainsFr,
  webhooks: webhooksFr,
  suppressions: suppressionsFr,
  privacy: privacyFr,
} satisfies Record<keyof typeof en, unknown>;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof en;
  }
}

export function createI18n(language: Language): i18n {
  const instance = i18next.createInstance();
  instance.on('languageChanged', (changed) => {
    document.documentElement.lang = changed; // screen readers take their voice from it
  });
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    supportedLngs: languages.map(({ code }) => code),
    defaultNS: 'common',
    resources: { en, fr },
    interpolation: { escapeValue: false }, // React escapes
    initAsync: false,
  });
  return instance;
}
