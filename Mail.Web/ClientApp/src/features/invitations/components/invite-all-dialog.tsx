import { List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { BlockSkeleton } from '@/shared/components/block-skeleton';
import { ProblemPanel } from '@/shared/components/problem-panel';
import type { Campaign } from '../api/campaign';
import { useInviteAll } from '../api/invite-all';
import { getCampaign } from '../api/list-campaigns';
import { listNotInvited } from '../api/list-candidates';
import { Dialog } from './dialog';

const shown = 5;

/** Says how many are written to, and to whom, before anything goes out. */
export function InviteAllDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const { t } = useTranslation('invitations');
  const waiting = useQuery(listNotInvited(campaign.id));
  const counted = useQuery({ ...getCampaign(campaign.id), refetchOnMount: 'always' });
  const invite = useInviteAll(campaign.id);
  const people = waiting.data?.data ?? [];
  // More than a page: as many as the campaign says, and at least those who are seen.
  const more = waiting.data?.has_more ? (counted.data?.not_invited ?? 0) : 0;
  const count = Math.max(more, people.length);
  const nobody = waiting.data !== undefined && count === 0;
  return (
    <Dialog
      title={t('inviteAll.title')}
      confirm={count > 0 ? t('inviteAll.confirm', { count }) : t('inviteAll.open')}
      disabled={waiting.data === undefined || nobody}
      pending={invite.isPending}
      error={invite.error}
      onClose={onClose}
      onConfirm={() => {
        invite.mutate(undefined, { onSuccess: onClose });
      }}
    >
      {waiting.isPending && <BlockSkeleton height={60} />}
      {waiting.isError && (
        <ProblemPanel
          error={waiting.error}
          onRetry={() => void waiting.refetch()}
          retrying={waiting.isFetching}
        />
      )}
      {nobody && <Text size="sm">{t('inviteAll.nobody')}</Text>}
      {count > 0 && (
        <>
          <Text size="sm">{t('inviteAll.exactly', { count, title: campaign.title })}</Text>
          <List size="sm" aria-label={t('inviteAll.who')} style={{ overflowWrap: 'anywhere' }}>
            {people.slice(0, shown).map((one) => (
              <List.Item key={one.id}>
                {one.name === null ? one.email : `${one.name} (${one.email})`}
              </List.Item>
            ))}
            {count > shown && <List.Item>{t('inviteAll.others', { count: count - shown })}</List.Item>}
          </List>
          <Text size="sm">
            {campaign.from === null ? t('inviteAll.help') : t('inviteAll.helpFrom', { from: campaign.from })}
          </Text>
        </>
      )}
    </Dialog>
  );
}
