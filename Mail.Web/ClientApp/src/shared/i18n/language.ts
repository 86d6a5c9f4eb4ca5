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

export function rememberLanguage(language: Language) {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Storage may be forbidden or full: the choice then lasts until the page is reloaded.
  }
}

function readChoice(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}
