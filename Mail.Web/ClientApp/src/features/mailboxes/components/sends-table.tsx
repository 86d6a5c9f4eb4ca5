import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Statistics } from '../api/get-statistics';
import classes from './figures.module.css';
import { useNumbers } from './use-numbers';

/** What the chart shows, in numbers: for screen readers, and for whoever wants to copy them. Days without anything are left out. */
export function SendsTable({ days }: { days: Statistics['days'] }) {
  const { t } = useTranslation('mailboxes');
  const { day, number, percent } = useNumbers();
  const rows = days.filter(
    ({ created, deleted, sends }) => created + deleted + sends.sent + sends.refused + sends.bounced > 0,
  );
  if (rows.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('overview.nothing')}
      </Text>
    );
  }
  return (
    <details className={classes.details}>
      <summary>{t('overview.table')}</summary>
      <div className={classes.scroll} role="region" aria-label={t('overview.sends')} tabIndex={0}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('overview.day')}</Table.Th>
              <Table.Th scope="col">{t('overview.sent')}</Table.Th>
              <Table.Th scope="col">{t('overview.refused')}</Table.Th>
              <Table.Th scope="col">{t('overview.bounced')}</Table.Th>
              <Table.Th scope="col">{t('overview.rate')}</Table.Th>
              <Table.Th scope="col">{t('overview.created')}</Table.Th>
              <Table.Th scope="col">{t('overview.deleted')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ date, created, deleted, sends }) => (
              <Table.Tr key={date}>
                <Table.Th scope="row">{day(date)}</Table.Th>
                <Table.Td>{number(sends.sent)}</Table.Td>
                <Table.Td>{number(sends.refused)}</Table.Td>
                <Table.Td>{number(sends.bounced)}</Table.Td>
                <Table.Td>{percent(sends.success_rate)}</Table.Td>
                <Table.Td>{number(created)}</Table.Td>
                <Table.Td>{number(deleted)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </details>
  );
}
