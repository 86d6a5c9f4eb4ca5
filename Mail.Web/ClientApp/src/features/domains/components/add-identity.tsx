import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api/api-error';
import { Refused } from '@/shared/components/refused';
import { type IdentityValues, useAddIdentity } from '../api/identities';

const fields = ['email', 'name', 'reply_to', 'company', 'postal_address'] as const;

export function AddIdentity({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('domains');
  const add = useAddIdentity();
  const form = useForm<IdentityValues>({
    initialValues: { email: '', name: '', reply_to: '', company: '', postal_address: '' },
  });
  const refusal =
    add.error instanceof ApiError && add.error.statusCode === 422 ? add.error.message : undefined;
  const refused = fields.find((name) => refusal?.includes(`\`${name}\``)) ?? 'email';
  const errorAt = (name: (typeof fields)[number]) => (name === refused ? refusal : undefined);
  const submit = form.onSubmit((values) => {
    add.mutate(values, {
      onSuccess: ({ email }) => {
        notifications.show({ message: t('mailed', { email }) });
        onDone();
      },
    });
  });
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="sm" maw={560}>
        <TextInput
          label={t('field.email')}
          description={t('field.emailHelp')}
          type="email"
          data-autofocus
          {...form.getInputProps('email')}
          error={errorAt('email')}
        />
        <TextInput label={t('field.name')} {...form.getInputProps('name')} error={errorAt('name')} />
        <TextInput
          label={t('field.reply_to')}
          type="email"
          {...form.getInputProps('reply_to')}
          error={errorAt('reply_to')}
        />
        <TextInput label={t('field.company')} {...form.getInputProps('company')} error={errorAt('company')} />
        <Textarea
          label={t('field.postal_address')}
          description={t('field.postalHelp')}
          rows={2}
          {...form.getInputProps('postal_address')}
          error={errorAt('postal_address')}
        />
        {add.error && refusal === undefined && (
          <Refused
            error={add.error}
            onRetry={() => {
              submit();
            }}
            retrying={add.isPending}
          />
        )}
        <Group gap="sm">
          <Button type="submit" loading={add.isPending}>
            {t('mailLink')}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t('cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
