import { Badge, Code, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/shared/components/copy-button';
import { Fact, Facts } from '@/shared/components/facts';
import type { DomainRecord } from '../api/domain';
import classes from './domains.module.css';
import { StatusBadge } from './status-badge';

/** What to set, each part to be copied, and what stands there. Cards rather than a table: a key is 400 characters wide, and a phone is not. */
export function RecordList({ records }: { records: DomainRecord[] }) {
  const { t } = useTranslation('domains');
  return (
    <ul className={classes.list} aria-label={t('records')}>
      {records.map((record) => (
        <li key={`${record.record} ${record.name}`} className={classes.record}>
          <Record record={record} />
        </li>
      ))}
    </ul>
  );
}

function Record({ record }: { record: DomainRecord }) {
  const { t } = useTranslation('domains');
  const long = record.zone_value !== null && record.value.length > 255;
  const good = record.status === 'verified' && record.problem === null;
  return (
    <>
      <Group gap="xs">
        <Text fw={600}>{record.record}</Text>
        <StatusBadge status={record.status} of="record" />
        {(record.required || record.key === 'next') && (
          <Badge variant="outline" color="gray" tt="none">
            {record.key === 'next' ? t('key.next') : t('required')}
          </Badge>
        )}
        {record.key === 'old' && (
          <Badge variant="outline" color="gray" tt="none">
            {t('key.old')}
          </Badge>
        )}
      </Group>
      <Text size="sm">{record.advice}</Text>
      <Facts label={`${record.record} ${record.name}`}>
        <Fact name={t('type')}>{record.type}</Fact>
        <Fact name={t('host')}>
          <Value value={record.host} label={t('copyHost')} />
        </Fact>
        <Fact name={t('fullName')} wide>
          <Value value={record.name} label={t('copyName')} />
        </Fact>
        {record.suggestion ? (
          <Fact name={t('suggestion')} wide>
            <Value value={record.suggestion} label={t('copyValue')} />
          </Fact>
        ) : (
          <Fact name={t('value')} wide>
            <Value value={record.value} label={t('copyValue')} />
          </Fact>
        )}
        {long && !good && record.zone_value && (
          <Fact name={t('zoneValue')} wide>
            <Value value={record.zone_value} label={t('copyZone')} />
          </Fact>
        )}
        {record.found.length > 0 && !good && (
          <Fact name={t('found')} wide>
            {record.found.map((found) => (
              <Code key={found} block className={classes.code}>
                {found}
              </Code>
            ))}
          </Fact>
        )}
      </Facts>
    </>
  );
}

function Value({ value, label }: { value: string; label: string }) {
  return (
    <span className={classes.value}>
      <Code className={classes.code}>{value}</Code>
      <CopyButton value={value} label={label} />
    </span>
  );
}
