import { useTranslation } from 'react-i18next';
import type { RelayLimits } from '../api/limits';
import classes from './limits.module.css';

/** What the plan allows on this day and those that follow, as bars and as numbers. */
export function WarmUpPlan({ planned }: { planned: RelayLimits['planned'] }) {
  const { t, i18n } = useTranslation('limits');
  const number = new Intl.NumberFormat(i18n.resolvedLanguage, { notation: 'compact' });
  const day = new Intl.DateTimeFormat(i18n.resolvedLanguage, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  const most = Math.max(1, ...planned.map(({ recipients }) => recipients));
  return (
    <ol className={classes.plan} aria-label={t('warmUp.plan')}>
      {planned.map(({ date, recipients }) => (
        <li key={date} className={classes.day}>
          <meter className={classes.bar} min={0} max={most} value={recipients} aria-hidden />
          <span className={classes.number}>{number.format(recipients)}</span>
          <span className={classes.date}>{day.format(new Date(date))}</span>
        </li>
      ))}
    </ol>
  );
}
