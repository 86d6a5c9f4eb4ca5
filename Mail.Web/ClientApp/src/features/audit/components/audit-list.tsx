import { Badge, Paper, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/components/moment';
import type { AuditFilter, AuditLine } from '../api/list-audit';
import classes from './audit.module.css';
import { differences } from './differences';

interface Props {
  lines: AuditLine[];
  /** These are the lines of the question before; the new ones are on their way. */
  stale: boolean;
  onFilter: (change: Omit<AuditFilter, 'after'>) => void;
}

/** More fields than these are shown on demand: what is new has many. */
const fewFields = 4;

export function AuditList({ lines, stale, onFilter }: Props) {
  const { t } = useTranslation('audit');
  return (
    <Paper withBorder className={classes.frame} aria-busy={stale} data-stale={stale || undefined}>
      <ul className={classes.list} aria-label={t('title')}>
        {lines.map((line) => (
          <li key={line.id} className={classes.line}>
            <Line line={line} onFilter={onFilter} />
          </li>
        ))}
      </ul>
    </Paper>
  );
}

function Line({ line, onFilter }: { line: AuditLine; onFilter: Props['onFilter'] }) {
  const { t } = useTranslation('audit');
  const { actor, subject_id: subject } = line;
  const who = actor.name ?? (actor.kind === 'system' ? t('system') : t('gone'));
  const { id: actorId } = actor;
  return (
    <>
      <div className={classes.head}>
        <code className={classes.action}>{line.action}</code>
        {line.outcome !== 'done' && (
          <Badge size="sm" tt="none" variant="light" color="orange">
            {t('unknown')}
          </Badge>
        )}
        <span className={classes.time}>
          <Moment at={line.at} show="time" />
        </span>
      </div>
      <div className={classes.facts}>
        {actorId === null ? (
          <span>{who}</span>
        ) : (
          <UnstyledButton
            className={classes.filterLink}
            title={t('onlyWho')}
            onClick={() => {
              onFilter({ actor_id: actorId });
            }}
          >
            {who}
          </UnstyledButton>
        )}
        {actor.kind === 'api_key' && <span>{t('byKey')}</span>}
        {line.ip !== null && <span>{line.ip}</span>}
        {subject !== null && (
          <UnstyledButton
            className={classes.filterLink}
            title={t('onlyThis')}
            onClick={() => {
              onFilter({ subject_id: subject });
            }}
          >
            {subject}
          </UnstyledButton>
        )}
      </div>
      <Differences line={line} />
    </>
  );
}

function Differences({ line }: { line: AuditLine }) {
  const { t } = useTranslation('audit');
  const changed = differences(line.before, line.after);
  if (changed.length === 0) return null;
  const table = (
    <dl className={classes.fields}>
      {changed.map(({ field, before, after }) => (
        <div key={field} className={classes.field}>
          <dt>{field}</dt>
          <dd>
            {before !== undefined && (
              <del className={classes.before}>
                <span className={classes.spoken}>{t('before')} </span>
                {before}
              </del>
            )}
            {after !== undefined && (
              <ins className={classes.after}>
                <span className={classes.spoken}>{t('after')} </span>
                {after}
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
  if (changed.length <= fewFields) return table;
  return (
    <details>
      <summary className={classes.summary}>{t('fields', { count: changed.length })}</summary>
      {table}
    </details>
  );
}
