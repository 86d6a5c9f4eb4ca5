import { useTranslation } from 'react-i18next';
import { inWords, type Words } from '../api/list-relay-kinds';

/** Reads a text of the API that comes in all languages. */
export function useWords() {
  const { i18n } = useTranslation();
  return (text: Words) => inWords(text, i18n.resolvedLanguage);
}
