import { Button, Group, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api/api-error';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { Refused } from '@/shared/components/refused';
import { Section } from '@/shared/components/section';
import { useChangeRate } from '../api/limits';

/** How often the project's keys together may call the API. */
export function ProjectRate({ rate }: { rate: number | null }) {
  const { t } = useTranslation('limits');
  const mayChange = mayAs(useWorkplace()?.role, 'admin');
  const [typed, setTyped] = useState(rate === null ? '' : String(rate));
  const save = useChangeRate();
  const refused =
    save.error instanceof ApiError && save.error.statusCode === 422 ? save.error.message : undefined;
  const send = (event?: SyntheticEvent) => {
    event?.preventDefault();
    save.mutate(typed.trim() === '' ? null : Number(typed), {
      onSuccess: () => notifications.show({ message: t('saved') }),
    });
  };
  return (
    <Section title={t('project.title')}>
      <form onSubmit={send} noValidate>
        <Group align="flex-end" gap="sm">
          <TextInput
            type="number"
            min={1}
            label={t('project.rate')}
            description={t('project.help')}
            value={typed}
            readOnly={!mayChange}
            error={refused}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
            }}
          />
          {mayChange && (
            <Button type="submit" variant="default" loading={save.isPending}>
              {t('save')}
            </Button>
          )}
        </Group>
      </form>
      <Text size="xs" c="dimmed" mt="xs">
        {t('project.answer')}
      </Text>
      {save.error && refused === undefined && (
        <Refused error={save.error} onRetry={send} retrying={save.isPending} />
      )}
    </Section>
  );
}
