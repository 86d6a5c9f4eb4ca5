import { Alert, Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { getRouteApi } from '@tanstack/react-router';
import { IconCheck, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api/api-error';
import { AnchorLink, ButtonLink } from '@/shared/components/links';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { useConfirmReset, useRequestCode } from '../api/password-reset';
import { AuthFrame } from './auth-frame';
import { Refusal } from './refusal';

const route = getRouteApi('/forgot-password');

/** Two steps on one page: the address, then the code with a new password. It never tells whether the address has an account. */
export function ForgotPasswordPage() {
  const { t } = useTranslation('auth');
  const { reason } = route.useSearch();
  const [email, setEmail] = useState<string>();
  const [done, setDone] = useState(false);

  if (done) {
    return (
      <AuthFrame title={t('resetDone')}>
        <Stack gap="md" role="status">
          <Group gap="sm" wrap="nowrap" align="flex-start">
            <IconCheck size={20} aria-hidden />
            <Text size="sm">{t('resetDoneHelp')}</Text>
          </Group>
          <ButtonLink to="/sign-in">{t('submit')}</ButtonLink>
        </Stack>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame
      title={t('forgotTitle')}
      subtitle={email ? t('codeSent', { email }) : t('forgotSubtitle')}
      notice={
        reason === 'secured' && (
          <Alert
            role="status"
            variant="outline"
            color="green"
            icon={<IconShieldCheck aria-hidden />}
            styles={{ message: { color: 'var(--mantine-color-text)' } }}
          >
            {t('secured')}
          </Alert>
        )
      }
      footer={
        <AnchorLink to="/sign-in" size="sm" w="fit-content">
          {t('backToSignIn')}
        </AnchorLink>
      }
    >
      {email ? (
        <CodeForm
          email={email}
          onDone={() => {
            setDone(true);
          }}
          onOtherAddress={() => {
            setEmail(undefined);
          }}
        />
      ) : (
        <AddressForm onSent={setEmail} />
      )}
    </AuthFrame>
  );
}

function AddressForm({ onSent }: { onSent: (email: string) => void }) {
  const { t } = useTranslation('auth');
  const request = useRequestCode();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '' },
    validate: { email: (value) => (value.includes('@') ? null : t('emailMissing')) },
  });
  const submit = form.onSubmit(({ email }) => {
    request.mutate(email.trim(), {
      onSuccess: () => {
        onSent(email.trim());
      },
    });
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Problem
          error={request.error}
          pending={request.isPending}
          onRetry={() => {
            submit();
          }}
        />
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
        <Button type="submit" fullWidth loading={request.isPending}>
          {t('sendCode')}
        </Button>
      </Stack>
    </form>
  );
}

interface CodeProps {
  email: string;
  onDone: () => void;
  onOtherAddress: () => void;
}

function CodeForm({ email, onDone, onOtherAddress }: CodeProps) {
  const { t } = useTranslation('auth');
  const confirm = useConfirmReset();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { code: '', password: '' },
    validate: {
      code: (value) => (/^\s*\d{3}\s*\d{3}\s*$/.test(value) ? null : t('sixDigits')),
      password: (value) => (value.length < 12 ? t('passwordShort') : null),
    },
  });
  const submit = form.onSubmit(({ code, password }) => {
    confirm.mutate({ email, code: code.replace(/\s/g, ''), new_password: password }, { onSuccess: onDone });
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Problem
          error={confirm.error}
          pending={confirm.isPending}
          onRetry={() => {
            submit();
          }}
        />
        <TextInput
          key={form.key('code')}
          {...form.getInputProps('code')}
          label={t('mailedCode')}
          description={t('mailedCodeHelp')}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={10}
          data-autofocus
        />
        <PasswordInput
          key={form.key('password')}
          {...form.getInputProps('password')}
          label={t('newPassword')}
          description={t('passwordRule')}
          name="new-password"
          autoComplete="new-password"
        />
        <Button type="submit" fullWidth loading={confirm.isPending}>
          {t('setPassword')}
        </Button>
        <Button variant="subtle" size="xs" onClick={onOtherAddress}>
          {t('anotherCode')}
        </Button>
      </Stack>
    </form>
  );
}

function Problem({
  error,
  pending,
  onRetry,
}: {
  error: Error | null;
  pending: boolean;
  onRetry: () => void;
}) {
  const { t } = useTranslation('auth');
  if (!error) return null;
  if (error instanceof ApiError) {
    if (error.name === 'invalid_code') return <Refusal>{t('resetCodeWrong')}</Refusal>;
    if (error.name === 'too_many_attempts') return <Refusal>{t('too_many_attempts')}</Refusal>;
    if (error.statusCode === 422) return <Refusal>{error.message}</Refusal>;
  }
  return <ProblemPanel error={error} onRetry={onRetry} retrying={pending} />;
}
