import { Badge, Paper } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/components/moment';
import type { RequestLog } from '../api/list-logs';
import classes from './logs.module.css';
import { StatusBadge } from './status-badge';
import { useDuration } from './use-duration';

interface Props {
  logs: RequestLog[];
  /** These are the lines of the question before; the new ones are on their way. */
  stale: boolean;
}

export function LogList({ logs, stale }: Props) {
  const { t } = useTranslation('logs');
  return (
    <Paper withBorder className={classes.frame} aria-busy={stale} data-stale={stale || undefined}>
      <ul className={classes.list} aria-label={t('title')}>
        {logs.map((log) => (
          <li key={log.id} className={classes.line}>
            <Line log={log} />
          </li>
        ))}
      </ul>
    </Paper>
  );
}

function Line({ log }: { log: RequestLog }) {
  const { t } = useTranslation('logs');
  const duration = useDuration();
  return (
    <>
      <StatusBadge status={log.status} />
      <Link to="/logs/$logId" params={{ logId: log.id }} className={classes.call}>
        <span className={classes.method}>{log.method}</span> {log.path}
      </Link>
      <span className={classes.error}>{log.error}</span>
      <span className={classes.key}>
        {log.api_key.name ?? t('goneKey')}
        {log.mode === 'test' && (
          <Badge size="xs" variant="light" color="gray" tt="none" ml={6}>
            {t('test')}
          </Badge>
        )}
      </span>
      <span className={classes.duration}>{duration(log.duration_ms)}</span>
      <span className={classes.time}>
        <Moment at={log.created_at} show="time" />
      </span>
    </>
  );
}
