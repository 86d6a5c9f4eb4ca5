import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { getProject } from '../api/project';
import { AlertsForm } from './alerts-form';
import { FooterForm, GeneralForm } from './general-form';
import { RetentionForm } from './retention-form';
import { SecurityForm, TrackingForm } from './switches';

/** All that holds for the whole project. Each part is saved by itself. */
export function ProjectPage() {
  const { t } = useTranslation('project');
  const project = useQuery(getProject());
  const mayChange = mayAs(useWorkplace()?.role, 'admin');
  return (
    <Page title={t('title')}>
      {project.isPending && <TableSkeleton rows={8} />}
      {project.isError && (
        <ProblemPanel
          error={project.error}
          onRetry={() => void project.refetch()}
          retrying={project.isFetching}
          background={project.data !== undefined}
        />
      )}
      {project.data && (
        <Stack gap="lg" maw={760}>
          {!mayChange && (
            <Text size="sm" c="dimmed">
              {t('readOnly')}
            </Text>
          )}
          <GeneralForm project={project.data} />
          <FooterForm project={project.data} />
          <AlertsForm project={project.data} />
          <RetentionForm project={project.data} />
          <TrackingForm project={project.data} />
          <SecurityForm project={project.data} />
        </Stack>
      )}
    </Page>
  );
}
