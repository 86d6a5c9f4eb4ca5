import { Progress, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Statistics } from '../api/get-statistics';
import classes from './figures.module.css';
import { useNumbers } from './use-numbers';
import { useWords } from './use-words';

/** The providers side by side, with the part of the month's mails that each has sent. */
export function ProviderTable({ statistics }: { statistics: Statistics }) {
  const { t } = useTranslation('mailboxes');
  const words = useWords();
  const { number, percent } = useNumbers();
  const { providers } = statistics;
  if (providers.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('overview.noProviders')}
      </Text>
    );
  }
  const most = Math.max(1, ...providers.map(({ month }) => month.sent));
  return (
    <div className={classes.scroll} role="region" aria-label={t('overview.byProvider')} tabIndex={0}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('overview.provider')}</Table.Th>
            <Table.Th scope="col">{t('figures.accounts')}</Table.Th>
            <Table.Th scope="col">{t('figures.today')}</Table.Th>
            <Table.Th scope="col">{t('figures.month')}</Table.Th>
            <Table.Th scope="col">{t('figures.rate')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {providers.map(({ name, accounts, today, month }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">{words.provider(name)}</Table.Th>
              <Table.Td>{number(accounts.active ?? 0)}</Table.Td>
              <Table.Td>{number(today.sent)}</Table.Td>
              <Table.Td miw={120}>
                {number(month.sent)}
                <Progress value={(month.sent / most) * 100} size="xs" mt={4} aria-hidden />
              </Table.Td>
              <Table.Td>{percent(month.success_rate)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
