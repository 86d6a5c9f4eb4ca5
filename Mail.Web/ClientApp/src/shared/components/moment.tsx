import { Tooltip } from '@mantine/core';
import { useFormat } from '@/shared/format/use-format';
import { useNow } from '@/shared/format/use-now';
import classes from './moment.module.css';

interface Props {
  /** RFC 3339. */
  at: string;
  /** The relative time (the absolute one on hover), both beside each other, or the time of day (with the date if that is not today). */
  show?: 'relative' | 'both' | 'time';
}

/** A point in time, ticking while it is on the screen. */
export function Moment({ at, show = 'relative' }: Props) {
  const format = useFormat();
  const now = useNow();
  const relative = format.relative(at, now);
  const absolute = format.dateTime(at);
  if (show === 'both') {
    return (
      <time dateTime={at} className={classes.moment}>
        {relative} <span className={classes.absolute}>{absolute}</span>
      </time>
    );
  }
  return (
    <Tooltip label={show === 'time' ? `${absolute} · ${relative}` : absolute} openDelay={200}>
      <time dateTime={at} className={classes.moment}>
        {show === 'relative' ? relative : isSameDay(at, now) ? format.time(at) : absolute}
      </time>
    </Tooltip>
  );
}

const isSameDay = (at: string, now: number) => new Date(at).toDateString() === new Date(now).toDateString();
