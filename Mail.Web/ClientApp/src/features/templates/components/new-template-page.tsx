import { Button, Group, Paper, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api/api-error';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { BlockSkeleton } from '@/shared/components/block-skeleton';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Refused } from '@/shared/components/refused';
import { useCreateTemplate } from '../api/change-template';
import { listTemplates } from '../api/list-templates';
import { addressOf, type TemplateSummary } from '../api/template';
import { fieldError } from '../model/field-error';
import { starter } from '../model/starter';
import { BackToTemplates } from './back-links';

const route = getRouteApi('/console/templates/new');

const scratch = '';

/** From nothing, from a built-in one, or as a copy of one's own: what it begins with stands in the address. */
export function NewTemplatePage() {
  const { t, i18n } = useTranslation('templates');
  const { from = scratch } = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = mayAs(useWorkplace()?.role, 'developer');
  const templates = useQuery(listTemplates());
  const create = useCreateTemplate();
  const original = templates.data?.find(({ key }) => key === from);
  const [typed, setTyped] = useState<{ key?: string; name?: string }>({});
  const key = typed.key ?? proposedKey(original, templates.data ?? []);
  const name = typed.name ?? (original ? original.name : '');
  const refusedKey = fieldError(create.error, 'key');
  const refusedName = fieldError(create.error, 'name');

  const send = (event?: SyntheticEvent) => {
    event?.preventDefault();
    const wish = { key: key.trim(), name: name.trim() || key.trim() };
    create.mutate(from === scratch ? { ...starter(i18n.language), ...wish } : { from, ...wish }, {
      onSuccess: (made) =>
        void navigate({ to: '/templates/$templateId', params: { templateId: addressOf(made) } }),
    });
  };

  return (
    <Page title={t('new.title')} above={<BackToTemplates />}>
      {templates.isError && (
        <ProblemPanel
          error={templates.error}
          onRetry={() => void templates.refetch()}
          retrying={templates.isFetching}
          background={templates.data !== undefined}
        />
      )}
      <Paper withBorder p={{ base: 'md', sm: 'lg' }} maw={640}>
        <form onSubmit={send} noValidate>
          <Stack gap="md">
            {templates.isPending && <BlockSkeleton height={36} />}
            <Select
              label={t('new.from')}
              description={t('new.fromHelp')}
              searchable
              allowDeselect={false}
              data={[
                { value: scratch, label: t('new.scratch') },
                { group: t('new.own'), items: choices(templates.data, false) },
                { group: t('new.builtIn'), items: choices(templates.data, true) },
              ]}
              value={from}
              onChange={(chosen) =>
                void navigate({
                  search: { from: chosen === scratch ? undefined : (chosen ?? undefined) },
                  replace: true,
                })
              }
            />
            <TextInput
              label={t('new.name')}
              value={name}
              error={refusedName}
              maxLength={100}
              onChange={(event) => {
                setTyped({ ...typed, name: event.currentTarget.value });
              }}
            />
            <TextInput
              label={t('new.key')}
              description={t(original?.built_in && key === original.key ? 'new.keyReplaces' : 'new.keyHelp')}
              required
              value={key}
              error={refusedKey}
              placeholder="order-shipped"
              onChange={(event) => {
                setTyped({ ...typed, key: event.currentTarget.value });
              }}
            />
            {create.error && !refusedKey && !refusedName && (
              <Refused error={create.error} onRetry={send} retrying={create.isPending} />
            )}
            {!mayWrite && (
              <Refused
                error={new ApiError(403, 'forbidden', t('mayNot'))}
                onRetry={() => undefined}
                retrying={false}
              />
            )}
            <Group>
              <Button type="submit" loading={create.isPending} disabled={!mayWrite}>
                {t('new.create')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Paper>
    </Page>
  );
}

const choices = (templates: TemplateSummary[] = [], builtIn: boolean) =>
  templates
    .filter(({ built_in }) => built_in === builtIn)
    .map(({ key, name }) => ({ value: key, label: `${name} (${key})` }));

/** A copy of a built-in one takes its place; a copy of one's own stands beside it. */
function proposedKey(original: TemplateSummary | undefined, all: TemplateSummary[]): string {
  if (!original) return '';
  if (original.built_in) return original.key;
  const taken = new Set(all.map(({ key }) => key));
  for (let number = 1; ; number++) {
    const key = `${original.key.slice(0, 56)}-copy${number === 1 ? '' : number}`;
    if (!taken.has(key)) return key;
  }
}
