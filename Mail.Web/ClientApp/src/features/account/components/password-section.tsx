import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { Section } from '@/shared/components/section';
import { useChangePassword } from '../api/account';
import { FormProblem } from './form-problem';

/** @param email for password managers, which file passwords by it */
export function PasswordSection({ email }: { email: string }) {
  const { t } = useTranslation('account');
  const change = useChangePassword();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { current: '', wanted: '' },
    validate: {
      current: (value) => (value === '' ? t('passwordMissing') : null),
      wanted: (value) => (value.length < 12 ? t('password.short') : null),
    },
  });
  const submit = form.onSubmit(({ current, wanted }) => {
    change.mutate(
      { current_password: current, new_password: wanted },
      {
        onSuccess: () => {
          form.reset();
          notifications.show({ color: 'green', message: t('password.done') });
        },
      },
    );
  });
  return (
    <Section title={t('password.title')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md" maw={420}>
          <Text size="sm" c="dimmed">
            {t('password.help')}
          </Text>
          <FormProblem
            error={change.error}
            pending={change.isPending}
            onRetry={() => {
              submit();
            }}
          />
          <input type="hidden" name="username" autoComplete="username" value={email} />
          <PasswordInput
            key={form.key('current')}
            {...form.getInputProps('current')}
            label={t('currentPassword')}
            autoComplete="current-password"
          />
          <PasswordInput
            key={form.key('wanted')}
            {...form.getInputProps('wanted')}
            label={t('password.new')}
            description={t('password.rule')}
            autoComplete="new-password"
          />
          <Group>
            <Button type="submit" variant="default" loading={change.isPending}>
              {t('password.change')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
