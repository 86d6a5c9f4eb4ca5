import { Badge, Button, Code, Group, Modal, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Refused } from '@/shared/components/refused';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { listLayouts, usePutLayout } from '../api/layouts';
import { fieldError } from '../model/field-error';
import { BackToTemplates } from './back-links';
import classes from './experiments.module.css';
import { LocaleBadges } from './template-badges';

export function LayoutListPage() {
  const { t } = useTranslation('templates');
  const mayWrite = mayAs(useWorkplace()?.role, 'developer');
  const layouts = useQuery(listLayouts());
  const [adding, addition] = useDisclosure();
  return (
    <Page
      title={t('layouts.title')}
      above={<BackToTemplates />}
      aside={
        mayWrite && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={addition.open}>
            {t('layouts.new')}
          </Button>
        )
      }
    >
      <Text size="sm" c="dimmed">
        {t('layouts.help')}
      </Text>
      {layouts.isPending && <TableSkeleton rows={4} />}
      {layouts.isError && (
        <ProblemPanel
          error={layouts.error}
          onRetry={() => void layouts.refetch()}
          retrying={layouts.isFetching}
          background={layouts.data !== undefined}
        />
      )}
      {layouts.data && (
        <ul className={classes.list} aria-label={t('layouts.title')}>
          {layouts.data.data.map((layout) => (
            <li key={layout.key}>
              <Paper withBorder p="md" className={classes.card}>
                <div className={classes.head}>
                  <Link
                    to="/template-layouts/$layoutKey"
                    params={{ layoutKey: layout.key }}
                    className={classes.link}
                  >
                    <Code>{layout.key}</Code>
                  </Link>
                  {layout.built_in && (
                    <Badge variant="light" color="gray" tt="none">
                      {t('state.builtIn')}
                    </Badge>
                  )}
                </div>
                <Group gap="md">
                  <Text size="sm" c="dimmed">
                    {t('layouts.partials', { count: Object.keys(layout.partials).length })}
                  </Text>
                  <LocaleBadges locales={Object.keys(layout.strings).sort()} />
                </Group>
              </Paper>
            </li>
          ))}
        </ul>
      )}
      {adding && <NewLayoutDialog onClose={addition.close} />}
    </Page>
  );
}

const starter = '<mj-section>\n  <mj-column>\n    <mj-text>…</mj-text>\n  </mj-column>\n</mj-section>\n';

function NewLayoutDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('templates');
  const navigate = useNavigate();
  const [key, setKey] = useState('_');
  const put = usePutLayout(key);
  const refused = fieldError(put.error, 'key');
  const send = (event?: SyntheticEvent) => {
    event?.preventDefault();
    put.mutate(
      { partials: { 'header.mjml': starter }, footer: null, strings: {}, variables: {} },
      { onSuccess: () => void navigate({ to: '/template-layouts/$layoutKey', params: { layoutKey: key } }) },
    );
  };
  return (
    <Modal opened onClose={onClose} title={t('layouts.new')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          <TextInput
            label={t('layouts.newKey')}
            description={t('layouts.newKeyHelp')}
            required
            data-autofocus
            value={key}
            error={refused}
            onChange={(event) => {
              setKey(event.currentTarget.value.trim());
            }}
          />
          {put.error && !refused && <Refused error={put.error} onRetry={send} retrying={put.isPending} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={put.isPending}>
              {t('layouts.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
