import { Button, Checkbox, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemPanel } from '@/shared/components/problem-panel';

interface Props {
  known: string[];
  endpoint?: string;
  events?: string[];
  submit: string;
  pending: boolean;
  error: Error | null;
  onSubmit: (values: { endpoint: string; events: string[] }) => void;
}

/** What a webhook is told to do: where, and of which events. */
export function WebhookForm({ known, endpoint = '', events = [], submit, pending, error, onSubmit }: Props) {
  const { t } = useTranslation('webhooks');
  const [address, setAddress] = useState(endpoint);
  const [chosen, setChosen] = useState(events);
  const send = (event?: SyntheticEvent) => {
    event?.preventDefault();
    onSubmit({ endpoint: address.trim(), events: known.filter((name) => chosen.includes(name)) });
  };
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <TextInput
          label={t('endpoint')}
          description={t('endpointHelp')}
          placeholder="https://app.example.com/hooks/mail"
          type="url"
          required
          value={address}
          onChange={(event) => {
            setAddress(event.currentTarget.value);
          }}
        />
        <Checkbox.Group label={t('events')} description={t('eventsHelp')} value={chosen} onChange={setChosen}>
          <SimpleGrid cols={{ base: 1, xs: 2, sm: 3 }} spacing="xs" mt="xs">
            {known.map((name) => (
              <Checkbox key={name} value={name} label={name} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
        {error && <ProblemPanel error={error} onRetry={send} retrying={pending} />}
        <Group>
          <Button type="submit" loading={pending}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
