import { Badge, Paper } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/components/moment';
import type { SandboxMail } from '../api/list-sandbox';
import classes from './sandbox.module.css';

interface Props {
  mails: SandboxMail[];
  selected: string | undefined;
  /** These are the rows of the question before. */
  stale: boolean;
  onSelect: (id: string) => void;
}

export function SandboxList({ mails, selected, stale, onSelect }: Props) {
  const { t } = useTranslation('sandbox');
  return (
    <Paper
      withBorder
      component="ul"
      className={classes.list}
      aria-label={t('list')}
      aria-busy={stale}
      data-stale={stale || undefined}
    >
      {mails.map((mail) => (
        <li key={mail.id}>
          <button
            type="button"
            className={classes.mail}
            aria-current={mail.id === selected || undefined}
            onClick={() => {
              onSelect(mail.id);
            }}
          >
            <span className={classes.line}>
              <span className={classes.to}>{mail.to}</span>
              <span className={classes.time}>
                <Moment at={mail.captured_at} />
              </span>
            </span>
            <span className={classes.line}>
              <span className={classes.subject}>{mail.subject || t('noSubject')}</span>
              {mail.code !== null && (
                <Badge variant="light" size="sm" className={classes.badge}>
                  {mail.code}
                </Badge>
              )}
            </span>
          </button>
        </li>
      ))}
    </Paper>
  );
}
