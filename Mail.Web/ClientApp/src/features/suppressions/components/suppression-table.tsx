import { Button, Paper } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/components/moment';
import type { Suppression } from '../api/suppression';
import classes from './suppression-table.module.css';

interface Props {
  entries: Suppression[];
  /** These are the rows of the question before; the new ones are on their way. */
  stale: boolean;
  /** Absent for who may not. */
  onRemove: ((entry: Suppression) => void) | undefined;
}

/** A list, and not a table: on a phone each entry is a card, with the same content in the same order. */
export function SuppressionTable({ entries, stale, onRemove }: Props) {
  const { t } = useTranslation('suppressions');
  return (
    <Paper withBorder className={classes.frame} aria-busy={stale} data-stale={stale || undefined}>
      <ul className={classes.list} aria-label={t('caption')}>
        {entries.map((entry) => (
          <li key={entry.id} className={classes.entry}>
            <span className={classes.address}>{entry.email}</span>
            <Why entry={entry} />
            <span className={classes.time}>
              <Moment at={entry.created_at} />
            </span>
            {onRemove && (
              <Button
                variant="default"
                size="xs"
                aria-label={t('remove.openFor', { email: entry.email })}
                onClick={() => {
                  onRemove(entry);
                }}
              >
                {t('remove.open')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Paper>
  );
}

function Why({ entry }: { entry: Suppression }) {
  const { t } = useTranslation('suppressions');
  return (
    <div className={classes.why}>
      <span className={classes.badge}>{t(`reason.${entry.reason}`)}</span>{' '}
      {entry.topic_id !== null && <span>{t('topic', { topic: entry.topic_id })} </span>}
      {entry.expires_at !== null && (
        <span>
          {t('until')} <Moment at={entry.expires_at} />{' '}
        </span>
      )}
      {entry.email_id !== null && (
        <Link to="/messages/$messageId" params={{ messageId: entry.email_id }} className={classes.message}>
          {t('message')}
        </Link>
      )}
      {entry.note !== null && <div className={classes.note}>{entry.note}</div>}
    </div>
  );
}
