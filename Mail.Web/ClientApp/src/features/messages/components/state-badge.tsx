import { useTranslation } from 'react-i18next';
import { isMessageState, type MessageState } from '../api/message-state';
import classes from './state-badge.module.css';

type Tone = 'neutral' | 'waiting' | 'moving' | 'good' | 'warning' | 'bad';

const tones: Record<MessageState, Tone> = {
  queued: 'waiting',
  scheduled: 'waiting',
  sending: 'moving',
  sent: 'moving',
  delivered: 'good',
  delivery_delayed: 'warning',
  bounced: 'bad',
  complained: 'bad',
  suppressed: 'neutral',
  failed: 'bad',
  canceled: 'neutral',
};

export const toneOf = (state: string): Tone => (isMessageState(state) ? tones[state] : 'neutral');

/** The state in words, with a colour that repeats it and never stands alone. */
export function StateBadge({ state, large = false }: { state: string; large?: boolean }) {
  const { t } = useTranslation('messages');
  return (
    <span className={classes.badge} data-tone={toneOf(state)} data-large={large || undefined}>
      {isMessageState(state) ? t(`state.${state}`) : state}
    </span>
  );
}
