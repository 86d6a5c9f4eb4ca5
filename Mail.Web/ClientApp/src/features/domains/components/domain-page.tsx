import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconArrowLeft, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/shared/api/workplace';
import { Editable } from '@/shared/components/editable';
import { Fact, Facts } from '@/shared/components/facts';
import { AnchorLink } from '@/shared/components/links';
import { Moment } from '@/shared/components/moment';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { useRotateKey, useToggleSubdomains, useVerifyDomain } from '../api/change-domains';
import type { Domain } from '../api/domain';
import { getDomain } from '../api/list-domains';
import { DeleteDomainDialog } from './delete-domain-dialog';
import { RecordList } from './record-list';
import { StatusBadge } from './status-badge';
import { useLiveCheck } from './use-live-check';

const route = getRouteApi('/console/domains/$domainId');

export function DomainPage() {
  const { t } = useTranslation('domains');
  const { domainId } = route.useParams();
  const domain = useQuery(getDomain(domainId));
  const [deleting, deletion] = useDisclosure();
  const may = useMay('developer');
  return (
    <Page
      title={domain.data?.display_name ?? t('title')}
      above={
        <AnchorLink to="/domains" size="sm" c="dimmed" w="fit-content">
          <Group gap={6} component="span">
            <IconArrowLeft size={16} aria-hidden />
            {t('back')}
          </Group>
        </AnchorLink>
      }
      aside={
        domain.data &&
        may && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={deletion.open}
          >
            {t('delete.open')}
          </Button>
        )
      }
    >
      {domain.isPending && <TableSkeleton rows={6} />}
      {domain.isError && (
        <ProblemPanel
          error={domain.error}
          onRetry={() => void domain.refetch()}
          retrying={domain.isFetching}
          background={domain.data !== undefined}
        />
      )}
      {domain.data && <State domain={domain.data} />}
      {domain.data?.records && (
        <Section title={t('records')}>
          <Text size="sm" c="dimmed">
            {t('recordsHelp')}
          </Text>
          <RecordList records={domain.data.records} />
        </Section>
      )}
      {domain.data && <Settings domain={domain.data} />}
      {domain.data && deleting && <DeleteDomainDialog domain={domain.data} onClose={deletion.close} />}
    </Page>
  );
}

function State({ domain }: { domain: Domain }) {
  const { t } = useTranslation('domains');
  const verify = useVerifyDomain(domain.id);
  const watching = useLiveCheck(domain);
  const may = useMay('developer');
  return (
    <Section
      title={t('state')}
      aside={
        may && (
          <Button
            size="xs"
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={verify.isPending}
            onClick={() => {
              verify.mutate();
            }}
          >
            {t('check')}
          </Button>
        )
      }
    >
      <Stack gap="sm">
        <Group gap="sm" role="status">
          <StatusBadge status={domain.status} />
          <Text size="sm">
            {verify.isPending
              ? t('checking')
              : t(`explained.${domain.status as 'pending'}`, { defaultValue: '' })}
          </Text>
        </Group>
        {watching && (
          <Text size="sm" c="dimmed">
            {t('live')}
          </Text>
        )}
        {verify.error && (
          <Text size="sm" c="red" role="alert">
            {verify.error.message}
          </Text>
        )}
        <Facts compact>
          {domain.checked_at && (
            <Fact name={t('checkedAt')}>
              <Moment at={domain.checked_at} show="both" />
            </Fact>
          )}
          {domain.next_check_at && domain.status !== 'verified' && (
            <Fact name={t('nextCheckAt')}>
              <Moment at={domain.next_check_at} show="both" />
            </Fact>
          )}
          {domain.missing_since && (
            <Fact name={t('missingSince')}>
              <Moment at={domain.missing_since} show="both" />
            </Fact>
          )}
        </Facts>
      </Stack>
    </Section>
  );
}

function Settings({ domain }: { domain: Domain }) {
  const { t } = useTranslation('domains');
  const toggle = useToggleSubdomains(domain.id, !domain.include_subdomains);
  const rotate = useRotateKey(domain.id);
  const refused = (error: Error) => {
    notifications.show({ color: 'red', message: error.message });
  };
  const hasNext = domain.records?.some(({ key }) => key === 'next') === true;
  return (
    <Section title={t('settings')}>
      <Editable least="developer">
        <Stack gap="lg" align="flex-start">
          <Switch
            label={t('subdomains')}
            description={t('subdomainsHelp', { name: domain.display_name })}
            checked={domain.include_subdomains}
            disabled={toggle.isPending}
            onChange={() => {
              toggle.mutate(undefined, { onError: refused });
            }}
          />
          <div>
            <Button
              variant="default"
              size="xs"
              disabled={hasNext}
              loading={rotate.isPending}
              onClick={() => {
                rotate.mutate(undefined, {
                  onSuccess: () => notifications.show({ message: t('rotated') }),
                  onError: refused,
                });
              }}
            >
              {t('rotate')}
            </Button>
            <Text size="xs" c="dimmed" mt={6}>
              {t('rotateHelp')}
            </Text>
          </div>
        </Stack>
      </Editable>
    </Section>
  );
}
