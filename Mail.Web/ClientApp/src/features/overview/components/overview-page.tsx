import { useTranslation } from 'react-i18next';
import { Page } from '@/shared/components/page';

export function OverviewPage() {
  const { t } = useTranslation();
  return <Page title={t('shell.overview')}>{null}</Page>;
}
