import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/shared/format/use-format';
import { useNow } from '@/shared/format/use-now';
import classes from './live-indicator.module.css';

interface Props {
  /** Milliseconds since 1970; 0 before the first answer. */
  updatedAt: number;
  failing: boolean;
}

/** Says whether the page refreshes by itself, and how old it is. */
export function LiveIndicator({ updatedAt, failing }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  if (updatedAt === 0) return null;
  const when = format.relative(new Date(Math.min(updatedAt, now)).toISOString(), now);
  return (
    <Tooltip label={t('live.updated', { when })}>
      <span className={classes.live} data-failing={failing || undefined}>
        <span className={classes.dot} aria-hidden />
        {failing ? t('live.off') : t('live.on')}
      </span>
    </Tooltip>
  );
}
