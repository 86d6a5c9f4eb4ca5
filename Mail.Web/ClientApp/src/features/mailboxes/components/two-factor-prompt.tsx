import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconExternalLink, IconShieldLock } from '@tabler/icons-react';
import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api/api-error';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { useConfirmTwoFactor } from '../api/two-factor';

/** Stands inside of a form at times, where another form may not: Enter is heard at the field. */
export function TwoFactorPrompt({ onConfirmed, retrying }: { onConfirmed: () => void; retrying: boolean }) {
  const { t } = useTranslation('mailboxes');
  const [code, setCode] = useState('');
  const confirm = useConfirmTwoFactor();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus(); // it was asked for by what the person has just pressed
  }, []);
  const isWrong =
    confirm.error instanceof ApiError && [400, 401, 403, 409, 422].includes(confirm.error.statusCode);
  const send = (event?: SyntheticEvent) => {
    event?.preventDefault();
    const typed = code.replace(/\s/g, '');
    if (typed !== '') confirm.mutate(typed, { onSuccess: onConfirmed });
  };
  return (
    <Alert
      icon={<IconShieldLock size={20} aria-hidden />}
      title={t('factor.title')}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
      role="status"
    >
      <Stack gap="sm">
        <Text size="sm">{t('factor.help')}</Text>
        <Group align="flex-end" gap="sm">
          <TextInput
            label={t('factor.code')}
            value={code}
            ref={field}
            w={200}
            maxLength={24}
            inputMode="text"
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            error={isWrong ? t('factor.wrong') : undefined}
            onChange={(event) => {
              setCode(event.currentTarget.value);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') send(event);
            }}
          />
          <Button
            onClick={() => {
              send();
            }}
            loading={confirm.isPending || retrying}
          >
            {t('factor.go')}
          </Button>
        </Group>
        {confirm.error && !isWrong && (
          <ProblemPanel error={confirm.error} onRetry={send} retrying={confirm.isPending} />
        )}
      </Stack>
    </Alert>
  );
}

/** For somebody whose account has no second factor. Another window: what was typed here stays. */
export function TwoFactorSetUp({ onRetry, retrying = false }: { onRetry?: () => void; retrying?: boolean }) {
  const { t } = useTranslation('mailboxes');
  return (
    <Alert
      color="yellow"
      icon={<IconShieldLock size={20} aria-hidden />}
      title={t('factor.missing')}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
      role="status"
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t('factor.missingHelp')}</Text>
        <Group gap="sm">
          <Button
            component="a"
            href="/account"
            target="_blank"
            rel="noopener"
            variant="default"
            size="xs"
            rightSection={<IconExternalLink size={14} aria-hidden />}
          >
            {t('factor.setUp')}
          </Button>
          {onRetry && (
            <Button size="xs" onClick={onRetry} loading={retrying}>
              {t('factor.goOn')}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
