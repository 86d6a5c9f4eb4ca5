import { Alert, Button, Group, Kbd, Paper, Stack, Tabs, Text } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { getRouteApi } from '@tanstack/react-router';
import { IconDeviceFloppy, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Refused } from '@/shared/components/refused';
import type { Layout } from '../api/layouts';
import { DeleteLayoutDialog } from './delete-layout-dialog';
import { FooterPanel, PartialsPanel } from './layout-parts';
import { OfferNotice } from './offer-notice';
import { StringsEditor } from './strings-editor';
import classes from './template-editor.module.css';
import { useLayoutDraft } from './use-layout-draft';
import { VariablesEditor } from './variables-editor';

const route = getRouteApi('/console/template-layouts/$layoutKey');

const tabs = ['partials', 'footer', 'texts', 'variables'] as const;

const fallback = 'en';

export function LayoutEditor({ layout, mayWrite }: { layout: Layout; mayWrite: boolean }) {
  const { t } = useTranslation('templates');
  const { tab = 'partials', locale = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const handle = useLayoutDraft(layout, mayWrite);
  const [deleting, deletion] = useDisclosure();
  const { draft, change } = handle;
  const readOnly = !mayWrite || handle.offer !== undefined;
  const save = () => {
    if (readOnly || !handle.dirty || handle.saving) return;
    handle.save().then(
      () => notifications.show({ message: t('layouts.saved') }),
      () => undefined, // it is said above the editor
    );
  };
  useHotkeys([['mod+S', save]], [], true);
  return (
    <Stack gap="md">
      {!mayWrite && <Text size="sm">{t('mayNot')}</Text>}
      {mayWrite && (
        <Group justify="space-between" gap="sm">
          <Text size="sm" c="dimmed" role="status">
            {handle.dirty ? t('unsaved') : t('allSaved')} <Kbd size="xs">{t('saveKeys')}</Kbd>
          </Text>
          <Group gap="sm">
            {!layout.built_in && (
              <Button
                variant="default"
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={deletion.open}
              >
                {t('layouts.delete')}
              </Button>
            )}
            <Button
              leftSection={<IconDeviceFloppy size={16} aria-hidden />}
              onClick={save}
              loading={handle.saving}
              disabled={!handle.dirty || readOnly}
            >
              {t('save')}
            </Button>
          </Group>
        </Group>
      )}
      {layout.built_in && mayWrite && (
        <Alert styles={{ message: { color: 'var(--mantine-color-text)' } }}>{t('layouts.builtIn')}</Alert>
      )}
      {handle.offer && (
        <OfferNotice at={handle.offer.at} onTake={handle.takeBack} onDiscard={handle.discardOffer} />
      )}
      {handle.error && <Refused error={handle.error} onRetry={save} retrying={handle.saving} />}
      <Paper withBorder p={{ base: 'sm', sm: 'md' }}>
        <Tabs
          value={tab}
          keepMounted={false}
          onChange={(chosen) => {
            const next = tabs.find((one) => one === chosen);
            void navigate({ search: { tab: next }, replace: true, resetScroll: false });
          }}
        >
          <Tabs.List mb="md" className={classes.tabs} aria-label={t('tabs.title')}>
            {tabs.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`layouts.tabs.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="partials">
            <PartialsPanel layoutKey={layout.key} draft={draft} change={change} readOnly={readOnly} />
          </Tabs.Panel>
          <Tabs.Panel value="footer">
            <FooterPanel draft={draft} change={change} readOnly={readOnly} />
          </Tabs.Panel>
          <Tabs.Panel value="texts">
            <StringsEditor
              strings={draft.strings}
              defaultLocale={
                fallback in draft.strings ? fallback : (Object.keys(draft.strings)[0] ?? fallback)
              }
              beside={locale}
              onBeside={(chosen) =>
                void navigate({ search: { tab, locale: chosen }, replace: true, resetScroll: false })
              }
              readOnly={readOnly}
              error={null}
              withFixed={false}
              onChange={(strings) => {
                change({ strings });
              }}
            />
          </Tabs.Panel>
          <Tabs.Panel value="variables">
            <VariablesEditor
              variables={draft.variables}
              readOnly={readOnly}
              onChange={(variables) => {
                change({ variables });
              }}
            />
          </Tabs.Panel>
        </Tabs>
      </Paper>
      {deleting && <DeleteLayoutDialog layoutKey={layout.key} onClose={deletion.close} />}
    </Stack>
  );
}
