import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { listInvitations } from '../api/invitations';
import { listMembers } from '../api/members';
import { InvitationList } from './invitation-list';
import { InviteForm } from './invite-form';
import { MemberList } from './member-list';

/** Who works in the project, and who is invited to. */
export function TeamPage() {
  const { t } = useTranslation('team');
  const members = useQuery(listMembers());
  const invitations = useQuery(listInvitations());
  const mayWrite = mayAs(useWorkplace()?.role, 'admin');
  return (
    <Page title={t('title')}>
      <Stack gap="lg" maw={860}>
        <Section title={t('members')}>
          {members.isPending && <TableSkeleton rows={3} />}
          {members.isError && (
            <ProblemPanel
              error={members.error}
              onRetry={() => void members.refetch()}
              retrying={members.isFetching}
              background={members.data !== undefined}
            />
          )}
          {members.data && <MemberList members={members.data.data} />}
        </Section>
        {mayWrite && (
          <Section title={t('invite.title')}>
            <InviteForm />
          </Section>
        )}
        <Section title={t('invitations')}>
          {invitations.isPending && <TableSkeleton rows={2} />}
          {invitations.isError && (
            <ProblemPanel
              error={invitations.error}
              onRetry={() => void invitations.refetch()}
              retrying={invitations.isFetching}
              background={invitations.data !== undefined}
            />
          )}
          {invitations.data?.data.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('noInvitations')}
            </Text>
          )}
          {invitations.data && invitations.data.data.length > 0 && (
            <InvitationList invitations={invitations.data.data} />
          )}
        </Section>
      </Stack>
    </Page>
  );
}
