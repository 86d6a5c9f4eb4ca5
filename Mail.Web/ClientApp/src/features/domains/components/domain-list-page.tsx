import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import type { Domain } from '../api/domain';
import { listDomains } from '../api/list-domains';
import { AddDomain } from './add-domain';
import { Identities } from './identities';
import classes from './domains.module.css';
import { StatusBadge } from './status-badge';

/** Who the project may send as: domains, and below them single addresses. */
export function DomainListPage() {
  const { t } = useTranslation('domains');
  const domains = useQuery(listDomains());
  const mayWrite = mayAs(useWorkplace()?.role, 'developer');
  return (
    <Page title={t('title')}>
      <Section title={t('domains')}>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {t('domainsHelp')}
          </Text>
          {domains.isPending && <TableSkeleton rows={2} />}
          {domains.isError && (
            <ProblemPanel
              error={domains.error}
              onRetry={() => void domains.refetch()}
              retrying={domains.isFetching}
              background={domains.data !== undefined}
            />
          )}
          {domains.data && domains.data.data.length > 0 && <Domains domains={domains.data.data} />}
          {mayWrite && <AddDomain />}
        </Stack>
      </Section>
      <Identities />
    </Page>
  );
}

function Domains({ domains }: { domains: Domain[] }) {
  const { t } = useTranslation('domains');
  return (
    <ul className={classes.list} aria-label={t('domains')}>
      {domains.map((domain) => (
        <li key={domain.id} className={classes.row}>
          <Link to="/domains/$domainId" params={{ domainId: domain.id }} className={classes.link}>
            {domain.display_name}
          </Link>
          <StatusBadge status={domain.status} />
        </li>
      ))}
    </ul>
  );
}
