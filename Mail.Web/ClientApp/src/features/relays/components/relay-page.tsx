import { Badge, Button, Paper, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/shared/api/workplace';
import { Editable } from '@/shared/components/editable';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { listRelayKinds } from '../api/list-relay-kinds';
import { getRelay } from '../api/list-relays';
import type { Relay } from '../api/relay';
import { DeleteRelayDialog } from './delete-relay-dialog';
import { BackToRelays } from './new-relay-page';
import { RelayForm } from './relay-form';
import { RelayHistory } from './relay-history';
import { RelayTest } from './relay-test';
import { RelayWebhook } from './relay-webhook';

const route = getRouteApi('/console/relays/$relayId');

export function RelayPage() {
  const { t } = useTranslation('relays');
  const { relayId } = route.useParams();
  const relay = useQuery(getRelay(relayId));
  const kinds = useQuery(listRelayKinds());
  const kind = kinds.data?.data.find(({ name }) => name === relay.data?.kind);
  const problem = relay.error ?? kinds.error;
  const [deleting, deletion] = useDisclosure();
  const mayTest = useMay('developer');
  const mayChange = useMay('admin');
  return (
    <Page
      title={relay.data?.name ?? t('title')}
      above={<BackToRelays />}
      aside={
        relay.data &&
        mayChange && (
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
      {(relay.isPending || kinds.isPending) && <TableSkeleton rows={6} />}
      {problem && (
        <ProblemPanel
          error={problem}
          onRetry={() => {
            void relay.refetch();
            void kinds.refetch();
          }}
          retrying={relay.isFetching || kinds.isFetching}
          background={relay.data !== undefined && kinds.data !== undefined}
        />
      )}
      {relay.data && kind && (
        <Stack gap="lg" maw={760}>
          <RelayHistory relay={relay.data} />
          {mayTest && <RelayTest relay={relay.data} />}
          <RelayWebhook relay={relay.data} kind={kind} />
          <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
            <Kind relay={relay.data} />
            <Editable least="admin">
              <RelayForm
                key={relay.data.id}
                kind={kind}
                preset={kind.presets.find(({ name }) => name === relay.data.preset)}
                relay={relay.data}
                onSaved={() => notifications.show({ message: t('saved') })}
              />
            </Editable>
          </Paper>
        </Stack>
      )}
      {relay.data && deleting && <DeleteRelayDialog relay={relay.data} onClose={deletion.close} />}
    </Page>
  );
}

function Kind({ relay }: { relay: Relay }) {
  return (
    <Badge variant="light" color="gray" mb="md" tt="none">
      {[relay.kind, relay.preset, relay.preset_region].filter(Boolean).join(' · ')}
    </Badge>
  );
}
