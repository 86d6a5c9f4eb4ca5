import { Marked } from '@/shared/components/marked';
import type { Cause } from '@/shared/api/schemas';
import classes from './cause-note.module.css';
import { toneOf } from './state-badge';

interface Props {
  cause: Cause;
  state: string;
}

/** What happened and what to do about it, before the server's own words. */
export function CauseNote({ cause, state }: Props) {
  return (
    <div className={classes.note} data-tone={toneOf(state)}>
      <div className={classes.title}>{cause.title}</div>
      <div className={classes.remedy}>
        <Marked text={cause.remedy} />
      </div>
    </div>
  );
}

/** In a timeline the title is enough: the remedy stands with the recipient. */
export function CauseLine({ cause }: { cause: Cause }) {
  return <div className={classes.compact}>{cause.title}</div>;
}
