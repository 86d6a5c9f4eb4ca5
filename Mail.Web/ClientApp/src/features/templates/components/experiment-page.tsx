import { Alert, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { Fact, Facts } from '@/shared/components/facts';
import { AnchorLink } from '@/shared/components/links';
import { Moment } from '@/shared/components/moment';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { type Experiment, getExperiment } from '../api/experiments';
import { ExperimentActions } from './experiment-actions';
import { ExperimentBadge } from './experiment-badge';
import { ExperimentResults } from './experiment-results';
import { TemplateFrame } from './template-frame';

const route = getRouteApi('/console/templates/$templateId/experiments/$experimentId');

export function ExperimentPage() {
  const { t } = useTranslation('templates');
  const { templateId, experimentId } = route.useParams();
  const mayWrite = mayAs(useWorkplace()?.role, 'developer');
  const experiment = useQuery(getExperiment(templateId, experimentId));
  return (
    <TemplateFrame address={templateId}>
      {() => (
        <>
          <AnchorLink
            to="/templates/$templateId/experiments"
            params={{ templateId }}
            size="sm"
            c="dimmed"
            w="fit-content"
          >
            <Group gap={6} component="span">
              <IconArrowLeft size={16} aria-hidden />
              {t('experiments.back')}
            </Group>
          </AnchorLink>
          {experiment.isPending && <TableSkeleton rows={6} />}
          {experiment.isError && (
            <ProblemPanel
              error={experiment.error}
              onRetry={() => void experiment.refetch()}
              retrying={experiment.isFetching}
              background={experiment.data !== undefined}
            />
          )}
          {experiment.data && (
            <Stack gap="lg">
              <State address={templateId} experiment={experiment.data} mayWrite={mayWrite} />
              <ExperimentResults experiment={experiment.data} />
            </Stack>
          )}
        </>
      )}
    </TemplateFrame>
  );
}

function State({
  address,
  experiment,
  mayWrite,
}: {
  address: string;
  experiment: Experiment;
  mayWrite: boolean;
}) {
  const { t } = useTranslation('templates');
  const { rule, rule_outcome: outcome, ended_by: by } = experiment;
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <Group justify="space-between" mb="md" gap="sm">
        <Group gap="sm">
          <Title order={2} size="h4">
            {experiment.name}
          </Title>
          <ExperimentBadge status={experiment.status} />
        </Group>
        {mayWrite && <ExperimentActions address={address} experiment={experiment} />}
      </Group>
      <Facts compact>
        <Fact name={t('experiments.arms')} wide>
          {experiment.arms.map(({ name, version, weight }) => `${name}: v${version} × ${weight}`).join(' · ')}
        </Fact>
        {experiment.started_at !== null && (
          <Fact name={t('experiments.started')}>
            <Moment at={experiment.started_at} show="both" />
          </Fact>
        )}
        {experiment.ended_at !== null && (
          <Fact name={t('experiments.ended')}>
            <Moment at={experiment.ended_at} show="both" />{' '}
            {(by === 'hand' || by === 'rule') && t(`experiments.endedBy.${by}`)}
          </Fact>
        )}
        {experiment.winner !== null && <Fact name={t('experiments.winner')}>{experiment.winner}</Fact>}
      </Facts>
      {rule && (
        <Text size="sm" c="dimmed" mt="sm">
          {t('experiments.ruleSays', {
            metric: isKnown(rule.metric) ? t(`experiments.metrics.${rule.metric}`) : rule.metric,
            minimum: rule.minimum_recipients,
            hours: rule.after_hours,
          })}
        </Text>
      )}
      {outcome && (
        <Alert
          mt="md"
          title={t('experiments.outcome')}
          styles={{
            message: { color: 'var(--mantine-color-text)' },
            title: { color: 'var(--mantine-color-text)' },
          }}
        >
          {outcome.reason}
        </Alert>
      )}
    </Paper>
  );
}

const isKnown = (metric: string) => metric === 'opened' || metric === 'clicked' || metric === 'converted';
