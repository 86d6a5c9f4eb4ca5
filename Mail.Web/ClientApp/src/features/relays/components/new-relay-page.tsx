import { Group, NativeSelect, Paper, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '@/shared/components/links';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { type Kind, listRelayKinds } from '../api/list-relay-kinds';
import { RelayForm } from './relay-form';
import { useWords } from './use-language';

export function NewRelayPage() {
  const { t } = useTranslation('relays');
  const kinds = useQuery(listRelayKinds());
  return (
    <Page title={t('new')} above={<BackToRelays />}>
      {kinds.isPending && <TableSkeleton rows={6} />}
      {kinds.isError && (
        <ProblemPanel error={kinds.error} onRetry={() => void kinds.refetch()} retrying={kinds.isFetching} />
      )}
      {kinds.data && <Chooser kinds={kinds.data.data} />}
    </Page>
  );
}

export function BackToRelays() {
  const { t } = useTranslation('relays');
  return (
    <AnchorLink to="/relays" size="sm" c="dimmed" w="fit-content">
      <Group gap={6} component="span">
        <IconArrowLeft size={16} aria-hidden />
        {t('back')}
      </Group>
    </AnchorLink>
  );
}

/** First the provider, then what it asks for. A preset is written `kind/preset`. */
function Chooser({ kinds }: { kinds: Kind[] }) {
  const { t } = useTranslation('relays');
  const words = useWords();
  const navigate = useNavigate();
  const [choice, setChoice] = useState('');
  const [kindName, presetName] = choice.split('/');
  const kind = kinds.find(({ name }) => name === kindName);
  const preset = kind?.presets.find(({ name }) => name === presetName);
  const smtp = kinds.filter(({ presets }) => presets.length > 0);
  const others = kinds.filter(({ presets }) => presets.length === 0);
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} maw={760}>
      <Stack gap="md">
        <NativeSelect
          label={t('provider')}
          description={t('providerHelpText')}
          value={choice}
          onChange={(event) => {
            setChoice(event.currentTarget.value);
          }}
          data={[
            { value: '', label: t('choose'), disabled: true },
            ...smtp.map(({ name, title, presets }) => ({
              group: 'SMTP',
              items: [
                ...presets.map((one) => ({ value: `${name}/${one.name}`, label: one.title })),
                { value: name, label: `${words(title)} (${t('other')})` },
              ],
            })),
            {
              group: t('apis'),
              items: others
                .filter(({ fields }) => fields.length > 0)
                .map(({ name, title }) => ({ value: name, label: words(title) })),
            },
            {
              group: t('forTests'),
              items: others
                .filter(({ fields }) => fields.length === 0)
                .map(({ name, title }) => ({ value: name, label: words(title) })),
            },
          ]}
        />
        {kind && (
          <RelayForm
            key={choice}
            kind={kind}
            preset={preset}
            onSaved={(relay) => {
              notifications.show({ message: t('created') });
              void navigate({ to: '/relays/$relayId', params: { relayId: relay.id } });
            }}
          />
        )}
      </Stack>
    </Paper>
  );
}
