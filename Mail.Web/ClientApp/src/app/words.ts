import type { i18n } from 'i18next';
import type { accountEn } from '@/features/account/locales/en';
import type { alertsEn } from '@/features/alerts/locales/en';
import type { apiKeysEn } from '@/features/api-keys/locales/en';
import type { appAccountsEn } from '@/features/app-accounts/locales/en';
import type { auditEn } from '@/features/audit/locales/en';
import type { authEn } from '@/features/auth/locales/en';
import type { deadLettersEn } from '@/features/dead-letters/locales/en';
import type { domainsEn } from '@/features/domains/locales/en';
import type { goLiveEn } from '@/features/go-live/locales/en';
import type { invitationsEn } from '@/features/invitations/locales/en';
import type { limitsEn } from '@/features/limits/locales/en';
import type { logsEn } from '@/features/logs/locales/en';
import type { mailboxesEn } from '@/features/mailboxes/locales/en';
import type { messagesEn } from '@/features/messages/locales/en';
import type { overviewEn } from '@/features/overview/locales/en';
import type { privacyEn } from '@/features/privacy/locales/en';
import type { projectEn } from '@/features/project/locales/en';
import type { referenceEn } from '@/features/reference/locales/en';
import type { relaysEn } from '@/features/relays/locales/en';
import type { requestsEn } from '@/features/requests/locales/en';
import type { reservationsEn } from '@/features/reservations/locales/en';
import type { sandboxEn } from '@/features/sandbox/locales/en';
import type { smtpEn } from '@/features/smtp/locales/en';
import type { suppressionsEn } from '@/features/suppressions/locales/en';
import type { systemEn } from '@/features/system/locales/en';
import type { teamEn } from '@/features/team/locales/en';
import type { templatesEn } from '@/features/templates/locales/en';
import type { usageEn } from '@/features/usage/locales/en';
import type { webhooksEn } from '@/features/webhooks/locales/en';
import type { commonEn } from '@/shared/i18n/common.en';

/** What all pages say, by feature. The other languages have the same keys: each feature's compiler check (WordsLike) sees to that. */
export interface Words {
  common: typeof commonEn;
  account: typeof accountEn;
  alerts: typeof alertsEn;
  apiKeys: typeof apiKeysEn;
  appAccounts: typeof appAccountsEn;
  audit: typeof auditEn;
  auth: typeof authEn;
  deadLetters: typeof deadLettersEn;
  domains: typeof domainsEn;
  goLive: typeof goLiveEn;
  invitations: typeof invitationsEn;
  limits: typeof limitsEn;
  logs: typeof logsEn;
  mailboxes: typeof mailboxesEn;
  messages: typeof messagesEn;
  overview: typeof overviewEn;
  privacy: typeof privacyEn;
  project: typeof projectEn;
  reference: typeof referenceEn;
  relays: typeof relaysEn;
  requests: typeof requestsEn;
  reservations: typeof reservationsEn;
  sandbox: typeof sandboxEn;
  smtp: typeof smtpEn;
  suppressions: typeof suppressionsEn;
  system: typeof systemEn;
  team: typeof teamEn;
  templates: typeof templatesEn;
  usage: typeof usageEn;
  webhooks: typeof webhooksEn;
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: Words;
  }
}

type Feature = Exclude<keyof Words, 'common'>;

// Both languages of all features would be a fifth of what a browser loads before the first page.
const files = import.meta.glob<Record<string, object>>([
  '../features/*/locales/{en,fr}.ts',
  '!../features/{alerts,auth}/locales/*', // there from the beginning (i18n.ts)
]);

/** Which features have spoken, in each instance: a change of language brings their words too. */
const spoken = new WeakMap<i18n, Set<Feature>>();

/** The `loader` of a feature's routes: a page comes with its words, in the language of now. */
export const words =
  (feature: Feature) =>
  ({ context }: { context: { i18n: i18n } }) =>
    loadWords(context.i18n, feature, context.i18n.language);

/** At once where they are there: a page that was open before must not wait for a turn. */
function loadWords(instance: i18n, feature: Feature, language: string): Promise<void> | undefined {
  const known = spoken.get(instance) ?? new Set();
  spoken.set(instance, known.add(feature));
  if (instance.hasResourceBundle(language, feature)) return undefined;
  const folder = feature.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const load = files[`../features/${folder}/locales/${language}.ts`];
  return load?.().then((module) => {
    instance.addResourceBundle(language, feature, Object.values(module)[0]);
  });
}

/** Rejects when the words of what is on the screen cannot be had: then the language stays. */
export async function loadLanguage(instance: i18n, language: string) {
  for (const loading of [...(spoken.get(instance) ?? [])].map((feature) =>
    loadWords(instance, feature, language),
  ))
    await loading;
}
