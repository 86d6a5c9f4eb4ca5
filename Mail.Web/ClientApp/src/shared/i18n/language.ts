import type { i18n } from 'i18next';

export const languages = [
  { code: 'en', name: 'English' },
  { code: 'fr', name: 'Français' },
] as const;

export type Language = (typeof languages)[number]['code'];

const storageKey = 'mail.language';

/** The person's choice, else the first language of the browser that the console speaks, else English. */
export function preferredLanguage(): Language {
  const wanted = [readChoice(), ...navigator.languages];
  for (const tag of wanted) {
    const match = languages.find(({ code }) => tag?.toLowerCase().split('-')[0] === code);
    if (match) return match.code;
  }
  return 'en';
}

function rememberLanguage(language: Language) {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Storage may be forbidden or full: the choice then lasts until the page is reloaded.
  }
}

type Prepare = (instance: i18n, language: Language) => Promise<void>;

const preparations = new WeakMap<i18n, Prepare>();

/** For the app alone (app/i18n.ts): what must be there before another language is spoken. */
export const beforeLanguage = (instance: i18n, prepare: Prepare) => {
  preparations.set(instance, prepare);
};

/** Speaks another language, and remembers it. Rejects, and changes nothing, when its words cannot be had. */
export async function switchLanguage(instance: i18n, language: Language) {
  await preparations.get(instance)?.(instance, language);
  rememberLanguage(language);
  await instance.changeLanguage(language);
}

function readChoice(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}
