import { Group, Select, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { compareVersions } from '../api/compare-versions';
import type { Version } from '../api/list-versions';
import { renderStored } from '../api/render-template';
import type { Template } from '../api/template';
import { localesOf } from '../model/texts';
import { FileDiffView } from './file-diff-view';
import { MailFrame } from './mail-frame';
import classes from './versions.module.css';

interface Props {
  address: string;
  template: Template;
  versions: Version[];
  from: number;
  /** The draft without it. */
  to: number | undefined;
  locale: string;
  onChange: (change: { from?: string; to?: string; locale?: string }) => void;
}

const draft = 'draft';

/** Two states of the template: their sources side by side, and what a recipient sees of each. */
export function VersionComparison({ address, template, versions, from, to, locale, onChange }: Props) {
  const { t } = useTranslation('templates');
  const difference = useQuery(compareVersions(address, from, to));
  const choices = versions.map(({ version }) => ({
    value: String(version),
    label: t('versions.version', { version }),
  }));
  const nameOf = (version: number | undefined) =>
    version === undefined ? t('versions.draft') : t('versions.version', { version });
  return (
    <Section
      title={t('versions.compare')}
      aside={
        <Group gap="sm">
          <Select
            size="xs"
            w={130}
            aria-label={t('versions.from')}
            allowDeselect={false}
            data={choices}
            value={String(from)}
            onChange={(chosen) => {
              onChange({ from: chosen ?? undefined });
            }}
          />
          <Text size="sm" c="dimmed" aria-hidden>
            →
          </Text>
          <Select
            size="xs"
            w={130}
            aria-label={t('versions.to')}
            allowDeselect={false}
            data={[{ value: draft, label: t('versions.draft') }, ...choices]}
            value={to === undefined ? draft : String(to)}
            onChange={(chosen) => {
              onChange({ to: chosen ?? undefined });
            }}
          />
          <Select
            size="xs"
            w={90}
            aria-label={t('preview.locale')}
            allowDeselect={false}
            data={[...new Set([...localesOf(template.strings, template.default_locale), locale])]}
            value={locale}
            onChange={(chosen) => {
              onChange({ locale: chosen ?? undefined });
            }}
          />
        </Group>
      }
    >
      <Stack gap="lg">
        {difference.isPending && <TableSkeleton rows={6} />}
        {difference.isError && (
          <ProblemPanel
            error={difference.error}
            onRetry={() => void difference.refetch()}
            retrying={difference.isFetching}
          />
        )}
        {difference.data?.files.length === 0 && (
          <Text size="sm" c="dimmed" role="status">
            {t('versions.same')}
          </Text>
        )}
        {difference.data?.files.map((file) => (
          <FileDiffView key={file.file} file={file} before={nameOf(from)} after={nameOf(to)} />
        ))}
        <Title order={3} size="h6">
          {t('versions.seen')}
        </Title>
        <div className={classes.seen}>
          <Seen address={address} version={from} locale={locale} name={nameOf(from)} />
          <Seen address={address} version={to} locale={locale} name={nameOf(to)} />
        </div>
      </Stack>
    </Section>
  );
}

function Seen({
  address,
  version,
  locale,
  name,
}: {
  address: string;
  version: number | undefined;
  locale: string;
  name: string;
}) {
  const { t } = useTranslation('templates');
  const mail = useQuery(renderStored(address, version, locale));
  return (
    <Stack gap="xs" miw={0}>
      <Text size="sm" fw={600}>
        {name}
      </Text>
      {mail.isPending && <TableSkeleton rows={6} />}
      {mail.isError && (
        <ProblemPanel error={mail.error} onRetry={() => void mail.refetch()} retrying={mail.isFetching} />
      )}
      {mail.data && (
        <>
          <Text size="sm" c="dimmed" className={classes.note}>
            {mail.data.subject || t('preview.noSubject')}
          </Text>
          <MailFrame
            html={mail.data.html}
            title={`${t('preview.frame')}: ${name}`}
            width="desktop"
            scheme="light"
          />
        </>
      )}
    </Stack>
  );
}
