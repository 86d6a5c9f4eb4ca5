import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Section } from '@/shared/components/section';
import { type Account, useCancelEmail, useChangeEmail } from '../api/account';
import { FormProblem } from './form-problem';

export function EmailSection({ account }: { account: Account }) {
  const { t } = useTranslation('account');
  return (
    <Section title={t('email.title')}>
      <Stack gap="md" maw={420}>
        <Text size="sm">{t('email.now', { email: account.email })}</Text>
        {account.email_change ? (
          <Waiting email={account.email} change={account.email_change} />
        ) : (
          <ChangeForm />
        )}
      </Stack>
    </Section>
  );
}

function Waiting({ email, change }: { email: string; change: NonNullable<Account['email_change']> }) {
  const { t } = useTranslation('account');
  const cancel = useCancelEmail();
  const run = () => {
    cancel.mutate(undefined);
  };
  return (
    <Stack gap="sm" role="status">
      <Text size="sm">{t('email.waiting', { email: change.new_email })}</Text>
      <Text size="sm">
        {change.new_email}: {change.new_confirmed ? t('email.confirmed') : t('email.open')}
      </Text>
      <Text size="sm">
        {email}: {change.old_confirmed ? t('email.confirmed') : t('email.open')}
      </Text>
      <FormProblem error={cancel.error} pending={cancel.isPending} onRetry={run} />
      <Group>
        <Button variant="default" loading={cancel.isPending} onClick={run}>
          {t('email.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}

function ChangeForm() {
  const { t } = useTranslation('account');
  const change = useChangeEmail();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.includes('@') ? null : t('email.missing')),
      password: (value) => (value === '' ? t('passwordMissing') : null),
    },
  });
  const submit = form.onSubmit(({ email, password }) => {
    change.mutate({ new_email: email.trim(), password });
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('email.help')}
        </Text>
        <FormProblem
          error={change.error}
          pending={change.isPending}
          onRetry={() => {
            submit();
          }}
        />
        <TextInput
          key={form.key('email')}
          {...form.getInputProps('email')}
          label={t('email.new')}
          type="email"
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
        />
        <PasswordInput
          key={form.key('password')}
          {...form.getInputProps('password')}
          label={t('currentPassword')}
          autoComplete="current-password"
        />
        <Group>
          <Button type="submit" variant="default" loading={change.isPending}>
            {t('email.change')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
