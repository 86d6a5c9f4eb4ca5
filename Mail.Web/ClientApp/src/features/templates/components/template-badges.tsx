import { Badge, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Template, TemplateSummary } from '../api/template';

/** Whether messages can take it, and whether its draft says more than what they take. */
export function StateBadges({ template }: { template: Template | TemplateSummary }) {
  const { t } = useTranslation('templates');
  const badge = (color: string, text: string) => (
    <Badge variant="light" color={color} tt="none">
      {text}
    </Badge>
  );
  if (template.built_in) return badge('gray', t('state.builtIn'));
  return (
    <Group gap={6} component="span">
      {template.published_version === null
        ? badge('orange', t('state.draft'))
        : badge('teal', t('state.published', { version: template.published_version }))}
      {template.published_version !== null && template.has_changes && badge('yellow', t('state.changed'))}
    </Group>
  );
}

const shown = 6;

export function LocaleBadges({ locales }: { locales: string[] }) {
  return (
    <Group gap={4} component="span">
      {locales.slice(0, shown).map((locale) => (
        <Badge key={locale} variant="default" size="sm" tt="none" fw={500}>
          {locale}
        </Badge>
      ))}
      {locales.length > shown && (
        <Badge variant="default" size="sm" fw={500}>
          +{locales.length - shown}
        </Badge>
      )}
    </Group>
  );
}
