import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api/api-error';
import { mayAs, type Role, useWorkplace } from '@/shared/api/workplace';
import { Refused } from '@/shared/components/refused';
import { Section } from '@/shared/components/section';
import { useChangeProject } from '../api/project';

export interface Fields<V> {
  values: V;
  set: (change: Partial<V>) => void;
  /** The API's own words for a field that it would not have. */
  errorOf: (field: string) => string | undefined;
  readOnly: boolean;
}

interface Props<V> {
  title: string;
  help?: string;
  /** What is stored. */
  initial: V;
  /** The part of PATCH /project. */
  bodyOf: (values: V) => Record<string, unknown>;
  least?: Role;
  children: (fields: Fields<V>) => ReactNode;
}

/** One part of the project's settings, saved by itself. What is refused stays typed. */
export function SettingsForm<V extends object>({
  title,
  help,
  initial,
  bodyOf,
  least = 'admin',
  children,
}: Props<V>) {
  const { t } = useTranslation('project');
  const readOnly = !mayAs(useWorkplace()?.role, least);
  const [typed, setTyped] = useState<Partial<V>>({});
  const save = useChangeProject();
  const values = { ...initial, ...typed };
  const dirty = JSON.stringify(values) !== JSON.stringify(initial);
  const refusal =
    save.error instanceof ApiError && save.error.statusCode === 422 ? save.error.message : undefined;
  const fields = bodyOf(values);
  const wrong = refusal && /^(?:Missing )?`([^`]+)`/.exec(refusal)?.[1];
  const shown = wrong !== undefined && (wrong.split('.')[0] ?? '') in fields;
  const send = (event?: SyntheticEvent) => {
    event?.preventDefault();
    save.mutate(bodyOf(values), {
      onSuccess: () => {
        setTyped({});
        notifications.show({ message: t('saved') });
      },
    });
  };
  return (
    <Section title={title}>
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          {help && (
            <Text size="sm" c="dimmed">
              {help}
            </Text>
          )}
          {children({
            values,
            set: (change) => {
              setTyped((before) => ({ ...before, ...change }));
            },
            errorOf: (field) => (wrong === field || wrong?.startsWith(`${field}.`) ? refusal : undefined),
            readOnly,
          })}
          {save.error && !shown && <Refused error={save.error} onRetry={send} retrying={save.isPending} />}
          {!readOnly && (
            <Group justify="flex-end">
              <Button type="submit" disabled={!dirty} loading={save.isPending}>
                {t('save')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Section>
  );
}
