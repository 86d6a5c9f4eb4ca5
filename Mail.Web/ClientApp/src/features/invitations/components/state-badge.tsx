import { useTranslation } from 'react-i18next';
import type { CandidateState } from '../api/candidate';
import classes from './state-badge.module.css';

const tones: Record<CandidateState, 'waiting' | 'moving' | 'good' | 'warning' | 'bad' | 'neutral'> = {
  new: 'neutral',
  created: 'waiting',
  sent: 'moving',
  delivered: 'moving',
  opened: 'moving',
  used: 'good',
  expired: 'warning',
  bounced: 'bad',
  revoked: 'neutral',
};

/** The state in words, with a colour that repeats it and never stands alone. */
export function StateBadge({ state }: { state: CandidateState }) {
  const { t } = useTranslation('invitations');
  return (
    <span className={classes.badge} data-tone={tones[state]}>
      {t(`state.${state}`)}
    </span>
  );
}
