import { Anchor, Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api/api-error';
import { availabilityKey, checkName } from '../api/check-name';
import { useCreateMailbox, type Wish } from '../api/create-mailbox';
import { type Domain, useChooseDomain } from '../api/domains';
import type { Made } from '../api/mailbox';
import { getTwoFactor } from '../api/two-factor';
import classes from './mailboxes.module.css';
import { NameCheck } from './name-check';
import { Refusal } from './refusal';
import { TwoFactorSetUp } from './two-factor-prompt';
import { useKeyOf } from './use-key-of';

export interface Draft {
  username: string;
  displayName: string;
  /** Empty for the default. */
  domain: string;
}

interface Props {
  domains: Domain[];
  /** What who is signed in has chosen, if anything. */
  ownDomain: string | undefined;
  draft: Draft;
  onDraft: (draft: Draft) => void;
  onMade: (made: Made) => void;
}

export function CreateForm({ domains, ownDomain, draft, onDraft, onMade }: Props) {
  const { t } = useTranslation('mailboxes');
  const queries = useQueryClient();
  const create = useCreateMailbox();
  const choose = useChooseDomain();
  const factor = useQuery(getTwoFactor());
  const { keyOf, forget } = useKeyOf();
  const name = draft.username.trim();
  const usual = ownDomain ?? domains.find((one) => one.default)?.domain ?? domains[0]?.domain ?? '';
  const domain = domains.find((one) => one.domain === draft.domain)?.domain ?? usual;
  const [asked] = useDebouncedValue(name, 250);
  const check = useQuery(checkName(asked, domain));
  const field = useRef<HTMLInputElement>(null);

  const hasFactor = factor.data;
  const { reset } = create;
  useEffect(() => {
    if (hasFactor) reset(); // it was turned on in another window: the old refusal holds no more
  }, [hasFactor, reset]);

  const send = (event?: SyntheticEvent) => {
    event?.preventDefault();
    if (name === '') {
      field.current?.focus();
      return;
    }
    const wish: Wish = { username: name, display_name: draft.displayName.trim() || undefined, domain };
    create.mutate(
      { wish, key: keyOf(wish) },
      {
        onSuccess: onMade,
        onError: (error) => {
          if (error instanceof ApiError && error.statusCode === 409) forget();
          // The name may just have been taken: the question brings what is free.
          void queries.invalidateQueries({ queryKey: availabilityKey });
        },
      },
    );
  };

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md" maw={720}>
        {hasFactor === false && !create.error && <TwoFactorSetUp />}
        <div className={classes.address}>
          <TextInput
            ref={field}
            className={classes.name}
            label={t('name.label')}
            value={draft.username}
            maxLength={64}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder="sales"
            aria-invalid={check.isError || undefined}
            onChange={(event) => {
              onDraft({ ...draft, username: event.currentTarget.value });
              create.reset();
            }}
            rightSectionWidth="auto"
            rightSection={
              domains.length === 1 ? <span className={classes.suffix}>@{domain}</span> : undefined
            }
          />
          {domains.length > 1 && (
            <NativeSelect
              className={classes.domain}
              label={t('create.domain')}
              value={domain}
              onChange={(event) => {
                onDraft({ ...draft, domain: event.currentTarget.value });
                create.reset();
              }}
              data={domains.map((one) => ({
                value: one.domain,
                label: `@${one.domain}`,
                disabled: !one.enabled,
              }))}
            />
          )}
        </div>
        <NameCheck
          isTyped={name !== ''}
          isCurrent={asked === name}
          check={check}
          onChoose={(chosen) => {
            onDraft({ ...draft, username: chosen });
            field.current?.focus();
          }}
        />
        <TextInput
          label={t('create.displayName')}
          description={t('create.displayNameHelp')}
          value={draft.displayName}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => {
            onDraft({ ...draft, displayName: event.currentTarget.value });
          }}
        />
        <Refusal error={create.error} onRetry={send} retrying={create.isPending} />
        <Group gap="md">
          <Button type="submit" loading={create.isPending}>
            {t('create.submit')}
          </Button>
          {domains.length > 1 && domain !== usual && (
            <Anchor
              component="button"
              type="button"
              size="sm"
              onClick={() => {
                choose.mutate(domain, {
                  onSuccess: () => notifications.show({ message: t('create.chosen', { domain }) }),
                });
              }}
            >
              {t('create.choose', { domain })}
            </Anchor>
          )}
        </Group>
      </Stack>
    </form>
  );
}
