import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api/api-error';
import { AnchorLink } from '@/shared/components/links';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { type Credentials, useSignIn } from '../api/sign-in';
import { Refusal } from './refusal';

interface Props {
  /** Where the address is known already. */
  email?: string;
  /** The password was right; the second factor is awaited. */
  onChallenge: () => void;
  /** Nothing leads away from the page on which this stands. */
  staying?: boolean;
}

export function SignInForm({ email: known = '', onChallenge, staying = false }: Props) {
  const { t } = useTranslation('auth');
  const signIn = useSignIn();
  const form = useForm<Credentials>({
    mode: 'uncontrolled',
    initialValues: { email: known, password: '' },
    validate: {
      email: (value) => (value.trim() === '' ? t('emailMissing') : null),
      password: (value) => (value === '' ? t('passwordMissing') : null),
    },
  });
  const submit = form.onSubmit(({ email, password }) => {
    signIn.mutate(
      { email: email.trim(), password },
      {
        onSuccess: (answer) => {
          if ('status' in answer) onChallenge();
        },
      },
    );
  });
  const refused = signIn.error instanceof ApiError ? refusalOf(signIn.error) : undefined;

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {signIn.error &&
          (refused ? (
            <Refusal title={t('failed')}>{t(refused)}</Refusal>
          ) : (
            <ProblemPanel
              error={signIn.error}
              onRetry={() => {
                submit();
              }}
              retrying={signIn.isPending}
            />
          ))}
        <TextInput
          key={form.key('email')}
          {...form.getInputProps('email')}
          label={t('email')}
          type="email"
          name="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
        <PasswordInput
          key={form.key('password')}
          {...form.getInputProps('password')}
          label={t('password')}
          name="password"
          autoComplete="current-password"
          data-autofocus={known === '' ? undefined : true}
        />
        <Button type="submit" fullWidth loading={signIn.isPending}>
          {t('submit')}
        </Button>
        <AnchorLink to="/forgot-password" target={staying ? '_blank' : undefined} size="sm" w="fit-content">
          {t('forgot')}
        </AnchorLink>
      </Stack>
    </form>
  );
}

function refusalOf(error: ApiError) {
  if (error.name === 'invalid_credentials') return 'invalid_credentials';
  if (error.name === 'too_many_attempts') return 'too_many_attempts';
  return undefined;
}
