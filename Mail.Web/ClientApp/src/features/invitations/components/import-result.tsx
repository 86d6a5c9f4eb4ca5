import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportReport } from '../api/change-candidates';
import classes from './import-result.module.css';

/** Enough to see what is wrong with a file; a program for tables shows the rest. */
const shown = 100;

/** What would come of a file, or came of it; wrong cells by row and column. */
export function ImportResult({ report }: { report: ImportReport }) {
  const { t } = useTranslation('invitations');
  const errors = t('import.errors', { count: report.refused });
  return (
    <div>
      <Text size="sm" role="status">
        {t(report.dry_run ? 'import.wouldBe' : 'import.was')}{' '}
        {[
          t('import.added', { count: report.added }),
          report.changed > 0 && t('import.changed', { count: report.changed }),
          report.unchanged > 0 && t('import.unchanged', { count: report.unchanged }),
          report.refused > 0 && errors,
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      {report.errors.length > 0 && (
        <div role="region" aria-label={errors} tabIndex={0} className={classes.errors}>
          <Table fz="xs" aria-label={errors} withRowBorders>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('import.row')}</Table.Th>
                <Table.Th>{t('import.column')}</Table.Th>
                <Table.Th>{t('import.problem')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {report.errors.slice(0, shown).map(({ row, column, message }) => (
                <Table.Tr key={`${row} ${column ?? ''}`}>
                  <Table.Td>{row}</Table.Td>
                  <Table.Td>{column ?? t('import.wholeRow')}</Table.Td>
                  <Table.Td>{message}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {report.refused > shown && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('import.more', { count: report.refused - shown })}
        </Text>
      )}
    </div>
  );
}
