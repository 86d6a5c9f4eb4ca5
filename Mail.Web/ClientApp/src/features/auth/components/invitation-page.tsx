import { Button, Loader, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api/api-error';
import { ButtonLink } from '@/shared/components/links';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { getSession } from '../api/get-session';
import { type Invitation, lookAtInvitation, type NewAccount, useAcceptInvitation } from '../api/invitation';
import { useSignOut } from '../api/sign-out';
import { AuthFrame } from './auth-frame';
import { Refusal } from './refusal';
import { SecondFactorForm } from './second-factor-form';
import { SignInForm } from './sign-in-form';

const roles = ['owner', 'admin', 'developer', 'viewer'] as const;
const over = ['invitation_used', 'invitation_revoked', 'invitation_expired', 'not_found'] as const;

/** Behind the link of an invitation. Opening it changes nothing; the token stands behind #, which browsers send to nobody. */
export function InvitationPage() {
  const { t } = useTranslation('auth');
  const { t: common } = useTranslation();
  const token = useLocation({ select: (location) => location.hash });
  const invitation = useQuery({ ...lookAtInvitation(token), enabled: token !== '' });

  const refusal = token === '' ? 'not_found' : overOf(invitation.error);
  if (refusal) {
    return (
      <AuthFrame title={t(`over.${refusal}.title`)}>
        <Stack gap="md">
          <Text size="sm">{t(`over.${refusal}.help`)}</Text>
          <ButtonLink to="/sign-in" variant="default">
            {t('backToSignIn')}
          </ButtonLink>
        </Stack>
      </AuthFrame>
    );
  }
  if (invitation.data) return <Open token={token} invitation={invitation.data} />;
  return (
    <AuthFrame title={t('invited')}>
      {invitation.error ? (
        <ProblemPanel
          error={invitation.error}
          onRetry={() => void invitation.refetch()}
          retrying={invitation.isFetching}
        />
      ) : (
        <Loader role="status" aria-label={common('loading')} />
      )}
    </AuthFrame>
  );
}

function Open({ token, invitation }: { token: string; invitation: Invitation }) {
  const { t } = useTranslation('auth');
  const { t: common } = useTranslation();
  const role = roles.find((one) => one === invitation.role);
  return (
    <AuthFrame
      title={t('invited')}
      subtitle={t(invitation.invited_by ? 'invitedBy' : 'invitedTo', {
        who: invitation.invited_by ?? '',
        project: invitation.project,
        role: role ? common(`shell.role.${role}`) : invitation.role,
      })}
    >
      {invitation.has_account ? (
        <WithAccount token={token} invitation={invitation} />
      ) : (
        <NewAccountForm token={token} email={invitation.email} />
      )}
    </AuthFrame>
  );
}

function NewAccountForm({ token, email }: { token: string; email: string }) {
  const { t, i18n } = useTranslation('auth');
  const accept = useAccept();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', password: '' },
    validate: { password: (value) => (value.length < 12 ? t('passwordShort') : null) },
  });
  const submit = form.onSubmit(({ name, password }) => {
    accept.run({ token, name: name.trim() || undefined, password, locale: i18n.resolvedLanguage });
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <AcceptProblem
          accept={accept}
          onRetry={() => {
            submit();
          }}
        />
        <TextInput label={t('email')} value={email} readOnly autoComplete="username" name="email" />
        <TextInput
          key={form.key('name')}
          {...form.getInputProps('name')}
          label={t('name')}
          name="name"
          autoComplete="name"
          maxLength={100}
        />
        <PasswordInput
          key={form.key('password')}
          {...form.getInputProps('password')}
          label={t('password')}
          description={t('passwordRule')}
          name="new-password"
          autoComplete="new-password"
        />
        <Button type="submit" fullWidth loading={accept.pending}>
          {t('openAccount')}
        </Button>
      </Stack>
    </form>
  );
}

function WithAccount({ token, invitation }: { token: string; invitation: Invitation }) {
  const { t } = useTranslation('auth');
  const accept = useAccept();
  const signOut = useSignOut();
  const queries = useQueryClient();
  const session = useQuery(getSession());
  const [challenged, setChallenged] = useState(false);

  // Whoever signs in below is another person to the invitation.
  const signedInAs = session.data?.kind === 'signed-in' ? session.data.session.user.email : null;
  useEffect(() => {
    if (signedInAs !== null && signedInAs !== invitation.signed_in_as)
      void queries.invalidateQueries({ queryKey: lookAtInvitation(token).queryKey });
  }, [signedInAs, invitation.signed_in_as, queries, token]);

  if (invitation.signed_in_as?.toLowerCase() === invitation.email.toLowerCase()) {
    const run = () => {
      accept.run({ token });
    };
    return (
      <Stack gap="md">
        <AcceptProblem accept={accept} onRetry={run} />
        <Button fullWidth loading={accept.pending} onClick={run}>
          {t('acceptInvitation')}
        </Button>
      </Stack>
    );
  }
  if (invitation.signed_in_as) {
    return (
      <Stack gap="md">
        <Text size="sm">
          {t('otherAccount', { email: invitation.email, other: invitation.signed_in_as })}
        </Text>
        <Button
          variant="default"
          loading={signOut.isPending}
          onClick={() => {
            signOut.mutate(undefined, {
              onSuccess: () => void queries.invalidateQueries({ queryKey: lookAtInvitation(token).queryKey }),
            });
          }}
        >
          {t('signOutFirst')}
        </Button>
      </Stack>
    );
  }
  if (challenged) {
    return (
      <SecondFactorForm
        onStartAgain={() => {
          setChallenged(false);
        }}
      />
    );
  }
  return (
    <Stack gap="md">
      <Text size="sm">{t('hasAccount', { email: invitation.email })}</Text>
      <SignInForm
        email={invitation.email}
        onChallenge={() => {
          setChallenged(true);
        }}
      />
    </Stack>
  );
}

function useAccept() {
  const accept = useAcceptInvitation();
  const router = useRouter();
  return {
    error: accept.error,
    pending: accept.isPending,
    run: (account: NewAccount) => {
      accept.mutate(account, { onSuccess: () => void router.navigate({ to: '/', replace: true }) });
    },
  };
}

function AcceptProblem({ accept, onRetry }: { accept: ReturnType<typeof useAccept>; onRetry: () => void }) {
  const { t } = useTranslation('auth');
  if (!accept.error) return null;
  const refusal = overOf(accept.error);
  if (refusal) return <Refusal title={t(`over.${refusal}.title`)}>{t(`over.${refusal}.help`)}</Refusal>;
  if (accept.error instanceof ApiError && accept.error.statusCode === 422)
    return <Refusal>{accept.error.message}</Refusal>;
  return <ProblemPanel error={accept.error} onRetry={onRetry} retrying={accept.pending} />;
}

function overOf(error: Error | null) {
  return error instanceof ApiError ? over.find((name) => name === error.name) : undefined;
}
