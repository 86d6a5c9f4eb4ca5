import { Alert, Button, Group, Paper, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Refused } from '@/shared/components/refused';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { useCreateExperiment } from '../api/experiments';
import { listVersions, type Version } from '../api/list-versions';
import { fieldError } from '../model/field-error';
import { type Arm, ArmFields } from './arm-fields';
import { type Rule, RuleFields } from './rule-fields';
import { TemplateFrame } from './template-frame';

const route = getRouteApi('/console/templates/$templateId/experiments/new');

export function NewExperimentPage() {
  const { t } = useTranslation('templates');
  const { templateId } = route.useParams();
  const versions = useQuery(listVersions(templateId));
  return (
    <TemplateFrame address={templateId}>
      {() => (
        <>
          {versions.isPending && <TableSkeleton rows={5} />}
          {versions.isError && (
            <ProblemPanel
              error={versions.error}
              onRetry={() => void versions.refetch()}
              retrying={versions.isFetching}
            />
          )}
          {versions.data && versions.data.data.length < 2 && (
            <Alert styles={{ message: { color: 'var(--mantine-color-text)' } }}>
              {t('experiments.tooFew')}
            </Alert>
          )}
          {versions.data && versions.data.data.length > 1 && (
            <ExperimentForm address={templateId} versions={versions.data.data} />
          )}
        </>
      )}
    </TemplateFrame>
  );
}

function ExperimentForm({ address, versions }: { address: string; versions: Version[] }) {
  const { t } = useTranslation('templates');
  const navigate = route.useNavigate();
  const mayWrite = mayAs(useWorkplace()?.role, 'developer');
  const create = useCreateExperiment(address);
  const [name, setName] = useState('');
  const [arms, setArms] = useState<Arm[]>(() => {
    const current = versions.find(({ is_published }) => is_published) ?? versions[0];
    const other = versions.find((one) => one !== current);
    return [
      { name: 'now', version: current?.version ?? 1, weight: 1 },
      { name: 'new', version: other?.version ?? 1, weight: 1 },
    ];
  });
  const [rule, setRule] = useState<Rule>();
  const fields = ['name', 'arms', 'rule'];

  const send = (event?: SyntheticEvent) => {
    event?.preventDefault();
    create.mutate(
      { name: name.trim(), arms, rule },
      {
        onSuccess: ({ id }) =>
          void navigate({
            to: '/templates/$templateId/experiments/$experimentId',
            params: { templateId: address, experimentId: id },
          }),
      },
    );
  };

  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} maw={760}>
      <form onSubmit={send} noValidate>
        <Stack gap="lg">
          <TextInput
            label={t('experiments.name')}
            required
            value={name}
            error={fieldError(create.error, 'name')}
            onChange={(event) => {
              setName(event.currentTarget.value);
            }}
          />
          <ArmFields
            arms={arms}
            versions={versions}
            onChange={setArms}
            refused={fieldError(create.error, 'arms')}
          />
          <RuleFields rule={rule} onChange={setRule} refused={fieldError(create.error, 'rule')} />
          {create.error && fieldError(create.error, ...fields) === undefined && (
            <Refused error={create.error} onRetry={send} retrying={create.isPending} />
          )}
          <Group>
            <Button type="submit" loading={create.isPending} disabled={!mayWrite}>
              {t('experiments.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
