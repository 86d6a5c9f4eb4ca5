import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconLayoutNavbar, IconPlus, IconSearchOff, IconTemplate } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { EmptyState } from '@/shared/components/empty-state';
import { ButtonLink } from '@/shared/components/links';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { listTemplates } from '../api/list-templates';
import { TemplateFilterBar } from './template-filter-bar';
import { TemplateList } from './template-list';
import { matches, useTemplateFilter } from './use-template-filter';

export function TemplateListPage() {
  const { t } = useTranslation('templates');
  const mayWrite = mayAs(useWorkplace()?.role, 'developer');
  const { filter, setFilter } = useTemplateFilter();
  const templates = useQuery(listTemplates());
  const all = templates.data ?? [];
  const found = all.filter((template) => matches(template, filter));
  const locales = [...new Set(all.flatMap((template) => template.locales))].sort();
  return (
    <Page
      title={t('list.title')}
      aside={
        <Group gap="sm">
          <ButtonLink
            to="/template-layouts"
            variant="default"
            leftSection={<IconLayoutNavbar size={16} aria-hidden />}
          >
            {t('layouts.title')}
          </ButtonLink>
          {mayWrite && (
            <ButtonLink to="/templates/new" leftSection={<IconPlus size={16} aria-hidden />}>
              {t('new.open')}
            </ButtonLink>
          )}
        </Group>
      }
    >
      <TemplateFilterBar
        value={filter}
        locales={locales}
        onChange={(change) => {
          void setFilter(change);
        }}
      />
      {templates.isPending && <TableSkeleton rows={10} />}
      {templates.isError && (
        <ProblemPanel
          error={templates.error}
          onRetry={() => void templates.refetch()}
          retrying={templates.isFetching}
          background={templates.data !== undefined}
        />
      )}
      {templates.data && all.length === 0 && (
        <EmptyState icon={<IconTemplate size={24} />} title={t('empty.title')} help={t('empty.help')} />
      )}
      {all.length > 0 && found.length === 0 && (
        <EmptyState icon={<IconSearchOff size={24} />} title={t('none.title')} help={t('none.help')}>
          <Button
            variant="default"
            onClick={() => void setFilter({ q: undefined, state: undefined, locale: undefined })}
          >
            {t('list.clear')}
          </Button>
        </EmptyState>
      )}
      {found.length > 0 && (
        <>
          <TemplateList templates={found} mayWrite={mayWrite} />
          <Text size="sm" c="dimmed" role="status">
            {t('list.count', { count: found.length })}
          </Text>
        </>
      )}
    </Page>
  );
}
