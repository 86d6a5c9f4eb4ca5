import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/components/moment';
import type { Candidate } from '../api/candidate';
import { CandidateActions } from './candidate-actions';
import classes from './candidate-table.module.css';
import { StateBadge } from './state-badge';

interface Props {
  candidates: Candidate[];
  /** These are the rows of the question before; the new ones are on their way. */
  stale: boolean;
  mayChange: boolean;
}

/** A list, and not a table: on a phone each candidate is a card, with the same content in the same order. */
export function CandidateTable({ candidates, stale, mayChange }: Props) {
  const { t } = useTranslation('invitations');
  return (
    <ul className={classes.list} aria-label={t('caption')} aria-busy={stale} data-stale={stale || undefined}>
      {candidates.map((candidate) => (
        <li key={candidate.id} className={classes.candidate}>
          <Who candidate={candidate} />
          <div>
            <StateBadge state={candidate.state} />
            {candidate.note !== null && <div className={classes.note}>{candidate.note}</div>}
          </div>
          <span className={classes.time}>
            {candidate.expires_at !== null && (
              <>
                {t('until')} <Moment at={candidate.expires_at} />
              </>
            )}
          </span>
          <div className={classes.actions}>{mayChange && <CandidateActions candidate={candidate} />}</div>
        </li>
      ))}
    </ul>
  );
}

function Who({ candidate }: { candidate: Candidate }) {
  return (
    <div className={classes.who}>
      <Link
        to="/campaigns/$campaignId/candidates/$candidateId"
        params={{ campaignId: candidate.campaign_id, candidateId: candidate.id }}
        className={classes.link}
      >
        {candidate.email}
      </Link>
      <div className={classes.about}>
        {[candidate.name, candidate.application_id].filter(Boolean).join(' · ')}
      </div>
    </div>
  );
}
