import { Paper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { IconFlask, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { EmptyState } from '@/shared/components/empty-state';
import { ButtonLink } from '@/shared/components/links';
import { Moment } from '@/shared/components/moment';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { type Experiment, listExperiments } from '../api/experiments';
import type { Template } from '../api/template';
import { ExperimentBadge } from './experiment-badge';
import classes from './experiments.module.css';
import { TemplateFrame } from './template-frame';

const route = getRouteApi('/console/templates/$templateId/experiments');

export function ExperimentListPage() {
  const { templateId } = route.useParams();
  return (
    <TemplateFrame address={templateId}>
      {(template) => <Experiments address={templateId} template={template} />}
    </TemplateFrame>
  );
}

function Experiments({ address, template }: { address: string; template: Template }) {
  const { t } = useTranslation('templates');
  const mayWrite = mayAs(useWorkplace()?.role, 'developer');
  const experiments = useQuery({ ...listExperiments(address), enabled: !template.built_in });
  const list = experiments.data?.data ?? [];
  const add =
    template.last_version < 2 ? (
      <Text size="sm" c="dimmed">
        {t('experiments.tooFew')}
      </Text>
    ) : (
      mayWrite && (
        <ButtonLink
          to="/templates/$templateId/experiments/new"
          params={{ templateId: address }}
          leftSection={<IconPlus size={16} aria-hidden />}
          w="fit-content"
        >
          {t('experiments.add')}
        </ButtonLink>
      )
    );
  return (
    <>
      {experiments.isLoading && <TableSkeleton rows={4} />}
      {experiments.isError && (
        <ProblemPanel
          error={experiments.error}
          onRetry={() => void experiments.refetch()}
          retrying={experiments.isFetching}
          background={experiments.data !== undefined}
        />
      )}
      {(template.built_in || experiments.data?.data.length === 0) && (
        <EmptyState
          icon={<IconFlask size={24} />}
          title={t('experiments.none.title')}
          help={t('experiments.none.help')}
        >
          {add}
        </EmptyState>
      )}
      {list.length > 0 && (
        <>
          {add}
          <ul className={classes.list} aria-label={t('experiments.title')}>
            {list.map((experiment) => (
              <li key={experiment.id}>
                <Paper withBorder p="md" className={classes.card}>
                  <Summary address={address} experiment={experiment} />
                </Paper>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Summary({ address, experiment }: { address: string; experiment: Experiment }) {
  const { t } = useTranslation('templates');
  return (
    <>
      <div className={classes.head}>
        <Link
          to="/templates/$templateId/experiments/$experimentId"
          params={{ templateId: address, experimentId: experiment.id }}
          className={classes.link}
        >
          {experiment.name}
        </Link>
        <ExperimentBadge status={experiment.status} />
      </div>
      <Text size="sm" c="dimmed">
        {experiment.arms.map(({ name, version }) => `${name} (v${version})`).join(' · ')}
        {experiment.started_at !== null && (
          <>
            {' · '}
            {t('experiments.started')} <Moment at={experiment.started_at} />
          </>
        )}
        {experiment.winner !== null && ` · ${t('experiments.winner')}: ${experiment.winner}`}
      </Text>
    </>
  );
}
