import { Button, Group, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddDomain } from '../api/change-domains';
import classes from './domains.module.css';

export function AddDomain() {
  const { t } = useTranslation('domains');
  const navigate = useNavigate();
  const add = useAddDomain();
  const [name, setName] = useState('');
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    add.mutate(name.trim(), {
      onSuccess: ({ id }) => {
        notifications.show({ message: t('added') });
        void navigate({ to: '/domains/$domainId', params: { domainId: id } });
      },
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Group align="flex-end" gap="sm">
        <TextInput
          className={classes.grow}
          label={t('addLabel')}
          placeholder="example.com"
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value);
          }}
          error={add.error?.message}
          autoCapitalize="none"
          spellCheck={false}
          inputMode="url"
        />
        <Button type="submit" loading={add.isPending}>
          {t('add')}
        </Button>
      </Group>
    </form>
  );
}
