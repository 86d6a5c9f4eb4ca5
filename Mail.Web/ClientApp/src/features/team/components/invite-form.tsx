import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { roles, useWorkplace } from '@/shared/api/workplace';
import { Refused } from '@/shared/components/refused';
import { useInvite } from '../api/invitations';
import { useTeamWords } from './use-team-words';

/** Only owners invite owners. */
export function InviteForm() {
  const { t } = useTranslation('team');
  const words = useTeamWords();
  const isOwner = useWorkplace()?.role === 'owner';
  const invite = useInvite();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', role: 'developer' },
    validate: { email: (value) => (/^\s*\S+@\S+\s*$/.test(value) ? null : t('invite.emailMissing')) },
  });
  const submit = form.onSubmit(({ email, role }) => {
    invite.mutate(
      { email: email.trim(), role },
      {
        onSuccess: (made) => {
          form.reset();
          notifications.show({ message: t('invite.done', { email: made.email }) });
        },
      },
    );
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {invite.error && (
          <Refused
            error={invite.error}
            words={words.refusal}
            retrying={invite.isPending}
            onRetry={() => {
              submit();
            }}
          />
        )}
        <Group align="flex-start" gap="sm">
          <TextInput
            key={form.key('email')}
            {...form.getInputProps('email')}
            label={t('invite.email')}
            type="email"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            flex="1 1 240px"
          />
          <NativeSelect
            key={form.key('role')}
            {...form.getInputProps('role')}
            label={t('invite.role')}
            flex="0 1 180px"
            data={roles
              .filter((role) => role !== 'owner' || isOwner)
              .map((role) => ({ value: role, label: words.role(role) }))}
          />
        </Group>
        <Group>
          <Button type="submit" loading={invite.isPending}>
            {t('invite.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
