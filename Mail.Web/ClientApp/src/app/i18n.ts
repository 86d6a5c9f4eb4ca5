import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { accountEn } from '@/features/account/locales/en';
import { accountFr } from '@/features/account/locales/fr';
import { alertsEn } from '@/features/alerts/locales/en';
import { alertsFr } from '@/features/alerts/locales/fr';
import { apiKeysEn } from '@/features/api-keys/locales/en';
import { apiKeysFr } from '@/features/api-keys/locales/fr';
import { appAccountsEn } from '@/features/app-accounts/locales/en';
import { appAccountsFr } from '@/features/app-accounts/locales/fr';
import { auditEn } from '@/features/audit/locales/en';
import { auditFr } from '@/features/audit/locales/fr';
import { authEn } from '@/features/auth/locales/en';
import { authFr } from '@/features/auth/locales/fr';
import { domainsEn } from '@/features/domains/locales/en';
import { domainsFr } from '@/features/domains/locales/fr';
import { goLiveEn } from '@/features/go-live/locales/en';
import { goLiveFr } from '@/features/go-live/locales/fr';
import { invitationsEn } from '@/features/invitations/locales/en';
import { invitationsFr } from '@/features/invitations/locales/fr';
import { mailboxesEn } from '@/features/mailboxes/locales/en';
import { mailboxesFr } from '@/features/mailboxes/locales/fr';
import { sandboxEn } from '@/features/sandbox/locales/en';
import { sandboxFr } from '@/features/sandbox/locales/fr';
import { logsEn } from '@/features/logs/locales/en';
import { logsFr } from '@/features/logs/locales/fr';
import { smtpEn } from '@/features/smtp/locales/en';
import { smtpFr } from '@/features/smtp/locales/fr';
import { referenceEn } from '@/features/reference/locales/en';
import { referenceFr } from '@/features/reference/locales/fr';
import { messagesEn } from '@/features/messages/locales/en';
import { messagesFr } from '@/features/messages/locales/fr';
import { overviewEn } from '@/features/overview/locales/en';
import { overviewFr } from '@/features/overview/locales/fr';
import { privacyEn } from '@/features/privacy/locales/en';
import { privacyFr } from '@/features/privacy/locales/fr';
import { relaysEn } from '@/features/relays/locales/en';
import { relaysFr } from '@/features/relays/locales/fr';
import { requestsEn } from '@/features/requests/locales/en';
import { requestsFr } from '@/features/requests/locales/fr';
import { reservationsEn } from '@/features/reservations/locales/en';
import { reservationsFr } from '@/features/reservations/locales/fr';
import { teamEn } from '@/features/team/locales/en';
import { teamFr } from '@/features/team/locales/fr';
import { templatesEn } from '@/features/templates/locales/en';
import { templatesFr } from '@/features/templates/locales/fr';
import { webhooksEn } from '@/features/webhooks/locales/en';
import { webhooksFr } from '@/features/webhooks/locales/fr';
import { deadLettersEn } from '@/features/dead-letters/locales/en';
import { deadLettersFr } from '@/features/dead-letters/locales/fr';
import { systemEn } from '@/features/system/locales/en';
import { systemFr } from '@/features/system/locales/fr';
import { projectEn } from '@/features/project/locales/en';
import { projectFr } from '@/features/project/locales/fr';
import { limitsEn } from '@/features/limits/locales/en';
import { limitsFr } from '@/features/limits/locales/fr';
import { usageEn } from '@/features/usage/locales/en';
import { usageFr } from '@/features/usage/locales/fr';
import { suppressionsEn } from '@/features/suppressions/locales/en';
import { suppressionsFr } from '@/features/suppressions/locales/fr';
import { commonEn } from '@/shared/i18n/common.en';
import { commonFr } from '@/shared/i18n/common.fr';
import { languages, type Language } from '@/shared/i18n/language';

const en = {
  common: commonEn,
  auth: authEn,
  account: accountEn,
  overview: overviewEn,
  messages: messagesEn,
  mailboxes: mailboxesEn,
  templates: templatesEn,
  sandbox: sandboxEn,
  alerts: alertsEn,
  relays: relaysEn,
  domains: domainsEn,
  webhooks: webhooksEn,
  reference: referenceEn,
  smtp: smtpEn,
  logs: logsEn,
  suppressions: suppressionsEn,
  deadLetters: deadLettersEn,
  system: systemEn,
  project: projectEn,
  limits: limitsEn,
  usage: usageEn,
  privacy: privacyEn,
  team: teamEn,
  apiKeys: apiKeysEn,
  audit: auditEn,
  appAccounts: appAccountsEn,
  goLive: goLiveEn,
  reservations: reservationsEn,
  requests: requestsEn,
  invitations: invitationsEn,
};
const fr = {
  common: commonFr,
  auth: authFr,
  account: accountFr,
  overview: overviewFr,
  messages: messagesFr,
  mailboxes: mailboxesFr,
  templates: templatesFr,
  sandbox: sandboxFr,
  alerts: alertsFr,
  relays: relaysFr,
  domains: domainsFr,
  webhooks: webhooksFr,
  reference: referenceFr,
  smtp: smtpFr,
  logs: logsFr,
  suppressions: suppressionsFr,
  deadLetters: deadLettersFr,
  system: systemFr,
  project: projectFr,
  limits: limitsFr,
  usage: usageFr,
  privacy: privacyFr,
  team: teamFr,
  apiKeys: apiKeysFr,
  audit: auditFr,
  appAccounts: appAccountsFr,
  goLive: goLiveFr,
  reservations: reservationsFr,
  requests: requestsFr,
  invitations: invitationsFr,
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
