import { Button, Group, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { AnchorLink } from '@/shared/components/links';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Refused } from '@/shared/components/refused';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { getRequest, useRequestAct } from '../api/request';
import { CancelDialog } from './cancel-dialog';
import { RequestDecision, RequestFacts } from './request-facts';
import { RequestHistory } from './request-history';

const route = getRouteApi('/console/requests/$requestId');

export function RequestPage() {
  const { t } = useTranslation('requests');
  const { requestId } = route.useParams();
  const request = useQuery(getRequest(requestId));
  const mayAct = mayAs(useWorkplace()?.role, 'developer') && request.data?.state === 'pending';
  const resend = useRequestAct(requestId);
  const [cancelling, cancellation] = useDisclosure();
  const send = () => {
    resend.mutate('resend', { onSuccess: () => notifications.show({ message: t('resend.done') }) });
  };
  return (
    <Page
      title={request.data?.title ?? t('one')}
      above={
        <AnchorLink to="/requests" search={{}} size="sm" c="dimmed" w="fit-content">
          <Group gap={6} component="span">
            <IconArrowLeft size={16} aria-hidden />
            {t('back')}
          </Group>
        </AnchorLink>
      }
      aside={
        mayAct && (
          <Group gap="xs">
            <Button variant="default" size="xs" loading={resend.isPending} onClick={send}>
              {t('resend.open')}
            </Button>
            <Button variant="default" size="xs" onClick={cancellation.open}>
              {t('cancel.open')}
            </Button>
          </Group>
        )
      }
    >
      {request.isPending && <TableSkeleton rows={6} />}
      {request.isError && (
        <ProblemPanel
          error={request.error}
          onRetry={() => void request.refetch()}
          retrying={request.isFetching}
          background={request.data !== undefined}
        />
      )}
      {resend.error && <Refused error={resend.error} onRetry={send} retrying={resend.isPending} />}
      {request.data && (
        <Stack gap="lg">
          <RequestFacts request={request.data} />
          <RequestDecision request={request.data} />
          <RequestHistory lines={request.data.history ?? []} />
        </Stack>
      )}
      {cancelling && <CancelDialog requestId={requestId} onClose={cancellation.close} />}
    </Page>
  );
}
