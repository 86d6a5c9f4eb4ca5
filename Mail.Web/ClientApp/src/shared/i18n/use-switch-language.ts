import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useContext } from 'react';
import { I18nContext, useTranslation } from 'react-i18next';
import { type Language, switchLanguage } from './language';

/** Changes the language of all that is on the screen. */
export function useSwitchLanguage() {
  const { t } = useTranslation();
  const { i18n } = useContext(I18nContext); // itself, where useTranslation gives a wrapper
  const queries = useQueryClient();
  return (language: Language) => {
    switchLanguage(i18n, language).then(
      () => queries.invalidateQueries(), // what the API says in words comes anew
      () => notifications.show({ color: 'red', message: t('problem.network_unreachable.title') }),
    );
  };
}
