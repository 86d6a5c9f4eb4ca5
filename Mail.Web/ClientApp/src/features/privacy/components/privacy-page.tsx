import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconDownload, IconEraser } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/shared/components/page';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { exportUrl, listErasures } from '../api/erasures';
import { EraseDialog } from './erase-dialog';
import { ErasureList } from './erasure-list';
import { Refusal } from './refusal';

export function PrivacyPage() {
  const { t } = useTranslation('privacy');
  const [email, setEmail] = useState('');
  const [asking, setAsking] = useState(false);
  const erasures = useQuery(listErasures());
  const address = email.trim();
  const missing = !/^\S+@\S+$/.test(address);

  return (
    <Page title={t('title')}>
      <Text size="sm" c="dimmed">
        {t('help')}
      </Text>
      <Stack gap="sm" maw={560}>
        <TextInput
          type="email"
          label={t('email')}
          description={t('emailHelp')}
          value={email}
          autoComplete="off"
          onChange={(change) => {
            setEmail(change.currentTarget.value);
          }}
        />
        <Group gap="sm">
          {missing ? (
            <Button variant="default" disabled leftSection={<IconDownload size={16} aria-hidden />}>
              {t('export')}
            </Button>
          ) : (
            <Button
              component="a"
              href={exportUrl(address)}
              download="person.json"
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              {t('export')}
            </Button>
          )}
          <Button
            color="red.9"
            disabled={missing}
            leftSection={<IconEraser size={16} aria-hidden />}
            onClick={() => {
              setAsking(true);
            }}
          >
            {t('erase.open')}
          </Button>
        </Group>
      </Stack>
      <Title order={2} size="h4">
        {t('past.title')}
      </Title>
      {erasures.isPending && <TableSkeleton rows={3} />}
      {erasures.isError && (
        <Refusal
          error={erasures.error}
          onRetry={() => void erasures.refetch()}
          retrying={erasures.isFetching}
        />
      )}
      {erasures.data?.data.length === 0 && <Text size="sm">{t('past.none')}</Text>}
      {erasures.data && erasures.data.data.length > 0 && <ErasureList erasures={erasures.data.data} />}
      {asking && (
        <EraseDialog
          email={address}
          onClose={() => {
            setAsking(false);
          }}
          onDone={() => {
            setAsking(false);
            setEmail('');
          }}
        />
      )}
    </Page>
  );
}
