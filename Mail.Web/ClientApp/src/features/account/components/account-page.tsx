import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { getAccount } from '../api/account';
import { EmailSection } from './email-section';
import { NameSection } from './name-section';
import { PasswordSection } from './password-section';
import { SessionsSection } from './sessions-section';
import { TwoFactorSection } from './two-factor-section';

export function AccountPage() {
  const { t } = useTranslation('account');
  const account = useQuery(getAccount());
  return (
    <Page title={t('title')}>
      {account.isPending && <TableSkeleton rows={6} />}
      {account.isError && (
        <ProblemPanel
          error={account.error}
          onRetry={() => void account.refetch()}
          retrying={account.isFetching}
          background={account.data !== undefined}
        />
      )}
      {account.data && (
        <Stack gap="lg" maw={760}>
          <NameSection account={account.data} />
          <TwoFactorSection account={account.data} />
          <PasswordSection email={account.data.email} />
          <EmailSection account={account.data} />
          <SessionsSection />
        </Stack>
      )}
    </Page>
  );
}
