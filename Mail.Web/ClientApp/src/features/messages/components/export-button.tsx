import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { exportUrl, type MessageQuestion } from '../api/list-messages';
import { timesOf } from '../api/time-range';

/** A link: the browser writes the file as it comes. */
export function ExportButton({ question }: { question: MessageQuestion }) {
  const { t } = useTranslation('messages');
  return (
    <Button
      component="a"
      href={exportUrl({ ...question, ...timesOf(question.since, question.until) })}
      download="messages.csv"
      variant="default"
      size="xs"
      title={t('list.exportHelp')}
      leftSection={<IconDownload size={16} aria-hidden />}
    >
      {t('list.export')}
    </Button>
  );
}
