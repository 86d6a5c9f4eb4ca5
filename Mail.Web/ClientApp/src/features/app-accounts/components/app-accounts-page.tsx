import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { IconKey, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { CopyButton } from '@/shared/components/copy-button';
import { Moment } from '@/shared/components/moment';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { getSettings, useRotateSecret, useSaveSettings } from '../api/settings';
import classes from './app-accounts.module.css';
import { RemoveDialog } from './remove-dialog';
import { SettingsForm } from './settings-form';

/** Where the project's app hears of its own users' accounts. */
export function AppAccountsPage() {
  const { t } = useTranslation('appAccounts');
  const mayChange = mayAs(useWorkplace()?.role, 'admin');
  const settings = useQuery(getSettings());
  const save = useSaveSettings();
  const rotate = useRotateSecret();
  const [secret, setSecret] = useState<string | null>(null);
  const [removing, removal] = useDisclosure();
  const isSetUp = settings.data?.callback_url != null;
  return (
    <Page
      title={t('title')}
      aside={
        isSetUp &&
        mayChange && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={removal.open}
          >
            {t('remove.open')}
          </Button>
        )
      }
    >
      <Text size="sm" c="dimmed" maw={760}>
        {t('help')}
      </Text>
      {settings.isPending && <TableSkeleton rows={6} />}
      {settings.isError && (
        <ProblemPanel
          error={settings.error}
          onRetry={() => void settings.refetch()}
          retrying={settings.isFetching}
          background={settings.data !== undefined}
        />
      )}
      {secret && <Secret secret={secret} />}
      {settings.data && (
        <Stack gap="lg" maw={760}>
          <Section title={t('settings')}>
            <SettingsForm
              // What was saved is what is there: the form begins anew with it.
              key={JSON.stringify(settings.data)}
              settings={settings.data}
              mayChange={mayChange}
              pending={save.isPending}
              error={save.error}
              onSubmit={(wish) => {
                save.mutate(wish, {
                  onSuccess: (saved) => {
                    if (saved.signing_secret) setSecret(saved.signing_secret);
                    notifications.show({ message: t('saved') });
                  },
                });
              }}
            />
          </Section>
          {isSetUp && mayChange && (
            <Section title={t('secret.section')}>
              <Stack gap="sm">
                <Text size="sm">{t('secret.about')}</Text>
                {settings.data.old_secret_expires_at && (
                  <Text size="sm">
                    {t('secret.old')} <Moment at={settings.data.old_secret_expires_at} show="both" />
                  </Text>
                )}
                {rotate.error && (
                  <ProblemPanel
                    error={rotate.error}
                    onRetry={() => {
                      rotate.reset();
                    }}
                    retrying={false}
                  />
                )}
                <Group>
                  <Button
                    variant="default"
                    loading={rotate.isPending}
                    onClick={() => {
                      rotate.mutate(undefined, {
                        onSuccess: (made) => {
                          setSecret(made.signing_secret);
                        },
                      });
                    }}
                  >
                    {t('secret.rotate')}
                  </Button>
                </Group>
              </Stack>
            </Section>
          )}
        </Stack>
      )}
      {removing && (
        <RemoveDialog
          onClose={removal.close}
          onDone={() => {
            setSecret(null);
            removal.close();
          }}
        />
      )}
    </Page>
  );
}

/** This once. */
function Secret({ secret }: { secret: string }) {
  const { t } = useTranslation('appAccounts');
  return (
    <Alert icon={<IconKey size={20} aria-hidden />} title={t('secret.title')} role="status" maw={760}>
      <Stack gap="sm">
        <Text size="sm">{t('secret.help')}</Text>
        <Code block className={classes.secret}>
          {secret}
        </Code>
        <Group>
          <CopyButton value={secret} label={t('secret.copy')} wide />
        </Group>
      </Stack>
    </Alert>
  );
}
