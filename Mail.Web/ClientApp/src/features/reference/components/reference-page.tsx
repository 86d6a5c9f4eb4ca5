import { Anchor, Code, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconSearch, IconSearchOff } from '@tabler/icons-react';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/shared/components/copy-button';
import { EmptyState } from '@/shared/components/empty-state';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { apiAddress } from '@/shared/samples/first-email';
import { getReference } from '../api/get-document';
import { type Group as OperationGroup, type Reference, search } from '../api/reference';
import { MethodBadge } from './method-badge';
import classes from './reference.module.css';
import { useReferenceSearch } from './use-reference-search';

/** Every call that a key can make, by what it is about. */
export function ReferencePage() {
  const { t } = useTranslation('reference');
  const reference = useQuery(getReference());
  const { q, setQ } = useReferenceSearch();
  return (
    <Page title={t('title')}>
      <Text size="sm" c="dimmed">
        {t('help')}
      </Text>
      <Group gap={4}>
        <Text size="sm">{t('base')}</Text>
        <Code>{apiAddress()}</Code>
        <CopyButton value={apiAddress()} label={t('copyBase')} />
      </Group>
      <TextInput
        label={t('search')}
        placeholder={t('searchFor')}
        leftSection={<IconSearch size={16} aria-hidden />}
        defaultValue={q}
        type="search"
        maw={420}
        onChange={(event) => void setQ(event.currentTarget.value)}
      />
      {reference.isPending && <TableSkeleton rows={10} />}
      {reference.isError && (
        <ProblemPanel
          error={reference.error}
          onRetry={() => void reference.refetch()}
          retrying={reference.isFetching}
        />
      )}
      {reference.data && <Groups reference={reference.data} q={q} />}
    </Page>
  );
}

function Groups({ reference, q }: { reference: Reference; q: string }) {
  const { t } = useTranslation('reference');
  const groups = search(reference, useDeferredValue(q));
  const count = groups.reduce((sum, { operations }) => sum + operations.length, 0);
  if (count === 0) {
    return (
      <EmptyState icon={<IconSearchOff size={24} />} title={t('nothing.title')} help={t('nothing.help')} />
    );
  }
  return (
    <Stack gap="lg">
      <Text size="sm" c="dimmed" role="status">
        {t('count', { count })}
      </Text>
      {q === '' && (
        <nav aria-label={t('groups')} className={classes.groups}>
          {groups.map(({ name }) => (
            <Anchor key={name} href={`#${anchorOf(name)}`} size="sm">
              {name}
            </Anchor>
          ))}
        </nav>
      )}
      {groups.map((group) => (
        <div key={group.name} id={anchorOf(group.name)} className={classes.anchor}>
          <Section title={group.name}>
            <Operations group={group} />
          </Section>
        </div>
      ))}
    </Stack>
  );
}

function Operations({ group }: { group: OperationGroup }) {
  return (
    <ul className={classes.operations} aria-label={group.name}>
      {group.operations.map(({ id, method, path, title }) => (
        <li key={id} className={classes.operation}>
          <MethodBadge method={method} />
          <Link to="/reference/$operationId" params={{ operationId: id }} className={classes.link}>
            {title}
          </Link>
          <code className={classes.path}>{path}</code>
        </li>
      ))}
    </ul>
  );
}

const anchorOf = (name: string) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
