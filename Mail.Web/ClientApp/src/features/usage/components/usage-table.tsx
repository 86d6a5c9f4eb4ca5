import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '@/shared/components/links';
import type { Usage } from '../api/usage';
import classes from './usage.module.css';

const columns = ['messages', 'recipients', 'sent', 'bounced', 'other', 'waiting'] as const;

export function UsageTable({ usage, stale }: { usage: Usage; stale: boolean }) {
  const { t, i18n } = useTranslation('usage');
  const number = new Intl.NumberFormat(i18n.resolvedLanguage);
  const format = new Intl.DateTimeFormat(i18n.resolvedLanguage, {
    timeZone: 'UTC',
    ...(usage.by === 'month' ? { month: 'long', year: 'numeric' } : { dateStyle: 'medium' }),
  });
  // A message with several tags counts for each: their sum would say too much.
  const sums =
    usage.split === 'tag'
      ? undefined
      : columns.map((column) => usage.data.reduce((sum, line) => sum + line[column], 0));
  return (
    <div
      className={classes.scroll}
      role="region"
      aria-label={t('title')}
      tabIndex={0}
      data-stale={stale || undefined}
    >
      <Table className={classes.table} striped>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t(usage.by)}</Table.Th>
            {usage.split && <Table.Th scope="col">{t('part')}</Table.Th>}
            {columns.map((column) => (
              <Table.Th scope="col" key={column} className={classes.number}>
                {t(column)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {usage.data.map((line) => (
            <Table.Tr key={`${line.period} ${line.key_id ?? line.part ?? ''}`}>
              <Table.Th scope="row">{format.format(new Date(line.period))}</Table.Th>
              {usage.split && (
                <Table.Td>
                  {line.key_id ? (
                    <AnchorLink to="/messages" search={{ key: line.key_id }}>
                      {line.part}
                    </AnchorLink>
                  ) : (
                    (line.part ?? t('noPart'))
                  )}
                </Table.Td>
              )}
              {columns.map((column) => (
                <Table.Td key={column} className={classes.number}>
                  {number.format(line[column])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
        {sums && (
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th scope="row" colSpan={usage.split ? 2 : 1}>
                {t('sum')}
              </Table.Th>
              {sums.map((sum, place) => (
                <Table.Th key={columns[place]} className={classes.number}>
                  {number.format(sum)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Tfoot>
        )}
      </Table>
      {usage.has_more && (
        <Text size="sm" role="status">
          {t('more')}
        </Text>
      )}
    </div>
  );
}
