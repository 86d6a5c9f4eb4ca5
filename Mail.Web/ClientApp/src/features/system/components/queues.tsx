import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/components/moment';
import type { System } from '../api/system';
import classes from './system.module.css';

/** What waits, by lane, and the system's own messages and webhooks in the same words. */
export function Queues({ system }: { system: System }) {
  const { t, i18n } = useTranslation('system');
  const number = new Intl.NumberFormat(i18n.resolvedLanguage);
  const shown = (count: number) =>
    count >= system.counts_up_to ? `${number.format(system.counts_up_to)}+` : number.format(count);
  const rows = [
    ...system.queue.map((lane) => ({ ...lane, name: t(`lane.${lane.lane}`), running: lane.sending })),
    { ...system.bus, name: t('queue.bus'), parked: undefined },
    { ...system.webhooks, name: t('queue.webhooks'), parked: undefined },
  ];
  return (
    <div className={classes.scroll} role="region" aria-label={t('queue.title')} tabIndex={0}>
      <Table className={classes.table} verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('queue.of')}</Table.Th>
            <Table.Th scope="col">{t('queue.due')}</Table.Th>
            <Table.Th scope="col">{t('queue.running')}</Table.Th>
            <Table.Th scope="col">{t('queue.parked')}</Table.Th>
            <Table.Th scope="col">{t('queue.later')}</Table.Th>
            <Table.Th scope="col">{t('queue.oldest')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.name}>
              <Table.Th scope="row">{row.name}</Table.Th>
              <Table.Td>{shown(row.due)}</Table.Td>
              <Table.Td>{shown(row.running)}</Table.Td>
              <Table.Td>{row.parked === undefined ? '–' : shown(row.parked)}</Table.Td>
              <Table.Td>{shown(row.later)}</Table.Td>
              <Table.Td>{row.oldest_due_at ? <Moment at={row.oldest_due_at} /> : '–'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed" mt="xs">
        {t('queue.help')}
      </Text>
    </div>
  );
}
