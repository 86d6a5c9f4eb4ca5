import { Button, Group, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api/api-error';
import { Refused } from '@/shared/components/refused';
import { useAddDomain } from '../api/change-domains';
import classes from './domains.module.css';

export function AddDomain() {
  const { t } = useTranslation('domains');
  const navigate = useNavigate();
  const add = useAddDomain();
  const [name, setName] = useState('');
  const refusal = add.error instanceof ApiError && add.error.statusCode === 422 ? add.error : undefined;
  const submit = (event?: SyntheticEvent) => {
    event?.preventDefault();
    add.mutate(name.trim(), {
      onSuccess: ({ id }) => {
        notifications.show({ message: t('added') });
        void navigate({ to: '/domains/$domainId', params: { domainId: id } });
      },
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          <TextInput
            className={classes.grow}
            label={t('addLabel')}
            placeholder="example.com"
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value);
            }}
            error={refusal?.message}
            autoCapitalize="none"
            spellCheck={false}
            inputMode="url"
          />
          <Button type="submit" loading={add.isPending}>
            {t('add')}
          </Button>
        </Group>
        {add.error && !refusal && <Refused error={add.error} onRetry={submit} retrying={add.isPending} />}
      </Stack>
    </form>
  );
}
