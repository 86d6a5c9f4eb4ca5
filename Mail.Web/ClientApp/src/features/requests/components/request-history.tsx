import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '@/shared/components/links';
import { Moment } from '@/shared/components/moment';
import { Section } from '@/shared/components/section';
import type { HistoryLine } from '../api/request';
import classes from './requests.module.css';

const whats = [
  'created',
  'mailed',
  'not_mailed',
  'opened',
  'reminded',
  'resent',
  'decided',
  'expired',
  'canceled',
] as const;

const hows = ['api', 'page', 'timer', 'mail'] as const;

/** What happened, and the messages that were sent for it. */
export function RequestHistory({ lines }: { lines: HistoryLine[] }) {
  const { t } = useTranslation('requests');
  return (
    <Section title={t('history.title')}>
      <ol className={classes.list} aria-label={t('history.title')}>
        {lines.map((line, at) => (
          <li key={at} className={classes.line}>
            <Line line={line} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Line({ line }: { line: HistoryLine }) {
  const { t } = useTranslation('requests');
  const what = whats.find((one) => one === line.what);
  const how = hows.find((one) => one === line.how);
  return (
    <>
      <Text size="sm" fw={550}>
        {what ? t(`history.what.${what}`) : line.what}
      </Text>
      <Text size="xs" c="dimmed" component="div">
        {how ? t(`history.how.${how}`) : line.how} · <Moment at={line.at} />
        {line.email_id !== null && (
          <>
            {' '}
            ·{' '}
            <AnchorLink
              to="/messages/$messageId"
              params={{ messageId: line.email_id }}
              search={{}}
              size="xs"
              underline="always"
            >
              {t('history.message')}
            </AnchorLink>
          </>
        )}
      </Text>
    </>
  );
}
