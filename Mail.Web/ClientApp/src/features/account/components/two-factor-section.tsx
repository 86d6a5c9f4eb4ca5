import { Badge, Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/shared/components/copy-button';
import { Moment } from '@/shared/components/moment';
import { Section } from '@/shared/components/section';
import type { Account } from '../api/account';
import { type Proof, useDisable, useEnable, useRenewCodes, useSetUp } from '../api/two-factor';
import { FormProblem } from './form-problem';
import { RecoveryCodes } from './recovery-codes';

export function TwoFactorSection({ account }: { account: Account }) {
  const { t } = useTranslation('account');
  const [codes, setCodes] = useState<string[]>();
  const { enabled } = account.two_factor;
  return (
    <Section
      title={t('factor.title')}
      aside={
        <Badge variant="light" color={enabled ? 'green' : 'gray'}>
          {enabled ? t('factor.on') : t('factor.off')}
        </Badge>
      }
    >
      {codes ? (
        <RecoveryCodes
          codes={codes}
          onDone={() => {
            setCodes(undefined);
          }}
        />
      ) : enabled ? (
        <On account={account} onCodes={setCodes} />
      ) : (
        <Off onCodes={setCodes} />
      )}
    </Section>
  );
}

function Off({ onCodes }: { onCodes: (codes: string[]) => void }) {
  const { t } = useTranslation('account');
  const setUp = useSetUp();
  const enable = useEnable();
  const password = useForm({
    mode: 'uncontrolled',
    initialValues: { password: '' },
    validate: { password: (value) => (value === '' ? t('passwordMissing') : null) },
  });
  const proof = useForm({
    mode: 'uncontrolled',
    initialValues: { code: '' },
    validate: { code: (value) => (/^\s*\d{3}\s*\d{3}\s*$/.test(value) ? null : t('factor.sixDigits')) },
  });
  const begin = password.onSubmit((values) => {
    setUp.mutate(values.password);
  });
  const finish = proof.onSubmit(({ code }) => {
    enable.mutate(code.replace(/\s/g, ''), {
      onSuccess: (answer) => {
        onCodes(answer.recovery_codes);
      },
    });
  });

  if (setUp.data) {
    return (
      <form onSubmit={finish} noValidate>
        <Stack gap="md" maw={420}>
          <Text size="sm">{t('factor.scan')}</Text>
          <img
            src={`data:image/svg+xml;utf8,${encodeURIComponent(setUp.data.qr_svg)}`}
            alt={t('factor.qr')}
            width={200}
            height={200}
          />
          <Group gap="xs" wrap="nowrap" align="flex-end">
            <TextInput
              label={t('factor.secret')}
              value={setUp.data.secret}
              readOnly
              flex={1}
              miw={0}
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            />
            <CopyButton value={setUp.data.secret} label={t('factor.copySecret')} />
          </Group>
          <FormProblem
            error={enable.error}
            pending={enable.isPending}
            onRetry={() => {
              finish();
            }}
          />
          <TextInput
            key={proof.key('code')}
            {...proof.getInputProps('code')}
            label={t('factor.code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={10}
          />
          <Group>
            <Button type="submit" loading={enable.isPending}>
              {t('factor.enable')}
            </Button>
            <Button
              variant="default"
              onClick={() => {
                setUp.reset();
              }}
            >
              {t('cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    );
  }
  return (
    <form onSubmit={begin} noValidate>
      <Stack gap="md" maw={420}>
        <Text size="sm" c="dimmed">
          {t('factor.help')}
        </Text>
        <FormProblem
          error={setUp.error}
          pending={setUp.isPending}
          onRetry={() => {
            begin();
          }}
        />
        <PasswordInput
          key={password.key('password')}
          {...password.getInputProps('password')}
          label={t('currentPassword')}
          autoComplete="current-password"
        />
        <Group>
          <Button type="submit" loading={setUp.isPending}>
            {t('factor.setUp')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function On({ account, onCodes }: { account: Account; onCodes: (codes: string[]) => void }) {
  const { t } = useTranslation('account');
  const [task, setTask] = useState<'renew' | 'disable'>();
  const renew = useRenewCodes();
  const disable = useDisable();
  const back = () => {
    setTask(undefined);
  };
  return (
    <Stack gap="md">
      <Text size="sm">
        {t('factor.since')} {account.two_factor.since && <Moment at={account.two_factor.since} />}
      </Text>
      <Text size="sm">{t('factor.left', { count: account.two_factor.recovery_codes_left })}</Text>
      {task === undefined && (
        <Group>
          <Button
            variant="default"
            onClick={() => {
              setTask('renew');
            }}
          >
            {t('factor.renew')}
          </Button>
          <Button
            variant="default"
            color="red"
            onClick={() => {
              setTask('disable');
            }}
          >
            {t('factor.disable')}
          </Button>
        </Group>
      )}
      {task === 'renew' && (
        <ProofForm
          submit={t('factor.renew')}
          error={renew.error}
          pending={renew.isPending}
          onCancel={back}
          onSubmit={(proof) => {
            renew.mutate(proof, {
              onSuccess: (answer) => {
                onCodes(answer.recovery_codes);
              },
            });
          }}
        />
      )}
      {task === 'disable' && (
        <ProofForm
          submit={t('factor.disable')}
          help={t('factor.disableHelp')}
          error={disable.error}
          pending={disable.isPending}
          onCancel={back}
          onSubmit={(proof) => {
            disable.mutate(proof);
          }}
        />
      )}
    </Stack>
  );
}

interface ProofProps {
  submit: string;
  help?: string;
  error: Error | null;
  pending: boolean;
  onCancel: () => void;
  onSubmit: (proof: Proof) => void;
}

function ProofForm({ submit, help, error, pending, onCancel, onSubmit }: ProofProps) {
  const { t } = useTranslation('account');
  const form = useForm<Proof>({
    mode: 'uncontrolled',
    initialValues: { password: '', code: '' },
    validate: {
      password: (value) => (value === '' ? t('passwordMissing') : null),
      code: (value) => (value.trim() === '' ? t('factor.codeMissing') : null),
    },
  });
  const send = form.onSubmit(({ password, code }) => {
    onSubmit({ password, code: code.replace(/\s/g, '') });
  });
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md" maw={420}>
        {help && (
          <Text size="sm" c="dimmed">
            {help}
          </Text>
        )}
        <FormProblem
          error={error}
          pending={pending}
          onRetry={() => {
            send();
          }}
        />
        <PasswordInput
          key={form.key('password')}
          {...form.getInputProps('password')}
          label={t('currentPassword')}
          autoComplete="current-password"
        />
        <TextInput
          key={form.key('code')}
          {...form.getInputProps('code')}
          label={t('factor.code')}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={20}
        />
        <Group>
          <Button type="submit" loading={pending}>
            {submit}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
