import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { Section } from '@/shared/components/section';
import { type Account, useChangeName } from '../api/account';
import { FormProblem } from './form-problem';

export function NameSection({ account }: { account: Account }) {
  const { t } = useTranslation('account');
  const change = useChangeName();
  const form = useForm({ mode: 'uncontrolled', initialValues: { name: account.name ?? '' } });
  const submit = form.onSubmit(({ name }) => {
    change.mutate(name.trim(), {
      onSuccess: () => notifications.show({ color: 'green', message: t('saved') }),
    });
  });
  return (
    <Section title={t('name.title')}>
      <form onSubmit={submit}>
        <Stack gap="md" maw={420}>
          <FormProblem
            error={change.error}
            pending={change.isPending}
            onRetry={() => {
              submit();
            }}
          />
          <TextInput
            key={form.key('name')}
            {...form.getInputProps('name')}
            label={t('name.label')}
            description={t('name.help')}
            name="name"
            autoComplete="name"
            maxLength={100}
          />
          <Group>
            <Button type="submit" variant="default" loading={change.isPending}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
