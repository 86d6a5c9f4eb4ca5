import { useTranslation } from 'react-i18next';

const known = ['string', 'integer', 'number', 'boolean', 'object', 'any', 'time', 'listOf', 'or'] as const;

/** Types in the language of the page. */
export function useTypeWord() {
  const { t } = useTranslation('reference');
  return (type: string) => {
    const one = known.find((name) => name === type);
    return one ? t(`type.${one}`) : type;
  };
}
