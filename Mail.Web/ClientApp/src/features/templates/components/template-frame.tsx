import { Code, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { getTemplate } from '../api/get-template';
import type { Template } from '../api/template';
import { BackToTemplates } from './back-links';
import { StateBadges } from './template-badges';
import classes from './template-frame.module.css';

interface Props {
  address: string;
  children: (template: Template) => ReactNode;
}

/** What the pages of one template have in common: its name, its state, and the way between them. */
export function TemplateFrame({ address, children }: Props) {
  const { t } = useTranslation('templates');
  const template = useQuery(getTemplate(address));
  return (
    <Page
      title={template.data?.name ?? t('one')}
      above={<BackToTemplates />}
      aside={
        template.data && (
          <Group gap="xs">
            <Code>{template.data.key}</Code>
            <StateBadges template={template.data} />
          </Group>
        )
      }
    >
      {template.data && !template.data.built_in && <Pages address={address} />}
      {template.isPending && <TableSkeleton rows={10} />}
      {template.isError && (
        <ProblemPanel
          error={template.error}
          onRetry={() => void template.refetch()}
          retrying={template.isFetching}
          background={template.data !== undefined}
        />
      )}
      {template.data && children(template.data)}
    </Page>
  );
}

function Pages({ address }: { address: string }) {
  const { t } = useTranslation('templates');
  const params = { templateId: address };
  return (
    <nav aria-label={t('pages.title')} className={classes.pages}>
      <Link
        to="/templates/$templateId"
        params={params}
        className={classes.page}
        activeOptions={{ exact: true, includeSearch: false }}
      >
        {t('pages.editor')}
      </Link>
      <Link
        to="/templates/$templateId/versions"
        params={params}
        className={classes.page}
        activeOptions={{ includeSearch: false }}
      >
        {t('pages.versions')}
      </Link>
      <Link to="/templates/$templateId/experiments" params={params} className={classes.page}>
        {t('pages.experiments')}
      </Link>
    </nav>
  );
}
