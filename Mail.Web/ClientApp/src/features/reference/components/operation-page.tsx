import { Badge, Code, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CodeSamples } from '@/shared/components/code-samples';
import { CopyButton } from '@/shared/components/copy-button';
import { EmptyState } from '@/shared/components/empty-state';
import { AnchorLink } from '@/shared/components/links';
import { Marked } from '@/shared/components/marked';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { apiAddress } from '@/shared/samples/first-email';
import { requestSamples } from '@/shared/samples/request-samples';
import { IconQuestionMark } from '@tabler/icons-react';
import type { Schema } from '../api/document';
import { exampleBody, exampleUrl } from '../api/examples';
import { getReference } from '../api/get-document';
import type { Operation } from '../api/reference';
import { Answers } from './answers';
import { Fields } from './fields';
import { MethodBadge } from './method-badge';
import { Parameters } from './parameters';
import classes from './reference.module.css';

const route = getRouteApi('/console/reference/$operationId');

export function OperationPage() {
  const { t } = useTranslation('reference');
  const { operationId } = route.useParams();
  const reference = useQuery(getReference());
  const operation = reference.data?.groups
    .flatMap(({ operations }) => operations)
    .find(({ id }) => id === operationId);
  return (
    <Page
      title={operation?.title ?? t('one')}
      above={
        <AnchorLink to="/reference" search={{}} size="sm">
          {t('back')}
        </AnchorLink>
      }
      aside={operation && <CopyButton value={window.location.href} label={t('copyLink')} wide />}
    >
      {reference.isPending && <TableSkeleton rows={8} />}
      {reference.isError && (
        <ProblemPanel
          error={reference.error}
          onRetry={() => void reference.refetch()}
          retrying={reference.isFetching}
        />
      )}
      {reference.data && !operation && (
        <EmptyState
          icon={<IconQuestionMark size={24} />}
          title={t('unknown.title')}
          help={t('unknown.help')}
        />
      )}
      {reference.data && operation && <Parts operation={operation} schemas={reference.data.schemas} />}
    </Page>
  );
}

function Parts({ operation, schemas }: { operation: Operation; schemas: Record<string, Schema> }) {
  const { t } = useTranslation('reference');
  const request = {
    method: operation.method,
    url: exampleUrl(operation, apiAddress()),
    body: exampleBody(operation, schemas),
  };
  return (
    <Stack gap="lg">
      <Group gap="sm">
        <MethodBadge method={operation.method} />
        <Code className={classes.address}>{operation.path}</Code>
        <Badge variant="outline" color="gray" tt="none">
          {t('scope', { scope: operation.scope })}
        </Badge>
      </Group>
      {operation.description && (
        <Text size="sm">
          <Marked text={operation.description} />
        </Text>
      )}
      <div className={classes.columns}>
        <Stack gap="lg" className={classes.column}>
          {operation.parameters.length > 0 && (
            <Section title={t('parameters')}>
              <Parameters parameters={operation.parameters} schemas={schemas} />
            </Section>
          )}
          {operation.body && (
            <Section title={t('body')}>
              <Fields schema={operation.body} schemas={schemas} isBody />
            </Section>
          )}
          {operation.bodyType !== undefined && (
            <Section title={t('body')}>
              <Text size="sm">{t('bodyIs', { type: operation.bodyType })}</Text>
            </Section>
          )}
          <Answers operation={operation} schemas={schemas} />
        </Stack>
        <div className={classes.aside}>
          <Section title={t('sample')}>
            <CodeSamples label={operation.title} samples={requestSamples(request)} maxHeight={520} />
            <Text size="xs" c="dimmed" mt="xs">
              {t('sampleHelp')}
            </Text>
          </Section>
        </div>
      </div>
    </Stack>
  );
}
