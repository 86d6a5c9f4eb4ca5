import { Group } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '@/shared/components/links';

export function BackToTemplates() {
  const { t } = useTranslation('templates');
  return (
    <AnchorLink to="/templates" size="sm" c="dimmed" w="fit-content">
      <Group gap={6} component="span">
        <IconArrowLeft size={16} aria-hidden />
        {t('back')}
      </Group>
    </AnchorLink>
  );
}

export function BackToLayouts() {
  const { t } = useTranslation('templates');
  return (
    <AnchorLink to="/template-layouts" size="sm" c="dimmed" w="fit-content">
      <Group gap={6} component="span">
        <IconArrowLeft size={16} aria-hidden />
        {t('layouts.back')}
      </Group>
    </AnchorLink>
  );
}
