import { useQuery } from '@tanstack/react-query';
import { IconSearchOff, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/shared/components/empty-state';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { listCandidates } from '../api/list-candidates';
import { CandidateFilterBar } from './candidate-filter-bar';
import { CandidateTable } from './candidate-table';
import classes from './candidate-table.module.css';
import { NextPages } from './next-pages';
import { useCandidateFilter } from './use-candidate-filter';

/** Who is invited, as the address of the page asks for them. */
export function CandidateSection({ campaignId, mayChange }: { campaignId: string; mayChange: boolean }) {
  const { t } = useTranslation('invitations');
  const { filter, setFilter, turnPage } = useCandidateFilter();
  const candidates = useQuery(listCandidates(campaignId, filter));
  const page = candidates.data;
  const filtered = (filter.email ?? filter.state ?? filter.after) !== undefined;
  return (
    <Section title={t('candidates')}>
      <div className={classes.parts}>
        <CandidateFilterBar value={filter} onChange={(change) => void setFilter(change)} />
        {candidates.isPending && <TableSkeleton rows={6} />}
        {candidates.isError && (
          <ProblemPanel
            error={candidates.error}
            onRetry={() => void candidates.refetch()}
            retrying={candidates.isFetching}
            background={page !== undefined}
          />
        )}
        {page?.data.length === 0 && (
          <EmptyState
            icon={filtered ? <IconSearchOff size={24} /> : <IconUsers size={24} />}
            title={t(filtered ? 'noMatch.title' : 'empty.title')}
            help={t(filtered ? 'noMatch.help' : 'empty.help')}
          />
        )}
        {page && page.data.length > 0 && (
          <CandidateTable candidates={page.data} stale={candidates.isPlaceholderData} mayChange={mayChange} />
        )}
        {page && <NextPages page={page} after={filter.after} onTurn={(after) => void turnPage(after)} />}
      </div>
    </Section>
  );
}
