import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api/api-error';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { useSecondFactor } from '../api/sign-in';
import { Refusal } from './refusal';

/** The second step of signing in: a code of the app, or a recovery code. */
export function SecondFactorForm({ onStartAgain }: { onStartAgain: () => void }) {
  const { t } = useTranslation('auth');
  const [recovery, setRecovery] = useState(false);
  const confirm = useSecondFactor();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { code: '' },
    validate: { code: (value) => (value.trim() === '' ? t('codeMissing') : null) },
  });
  const submit = form.onSubmit(({ code }) => {
    confirm.mutate(recovery ? { recovery_code: code.trim() } : { code: code.trim() });
  });
  const name = confirm.error instanceof ApiError ? confirm.error.name : undefined;
  const refused = name === 'invalid_code' || name === 'two_factor_expired' ? name : undefined;

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">{recovery ? t('recoveryHelp') : t('codeHelp')}</Text>
        {confirm.error &&
          (refused ? (
            <Refusal>{t(refused)}</Refusal>
          ) : (
            <ProblemPanel
              error={confirm.error}
              onRetry={() => {
                submit();
              }}
              retrying={confirm.isPending}
            />
          ))}
        <TextInput
          key={`${form.key('code')}-${recovery ? 'recovery' : 'app'}`}
          {...form.getInputProps('code')}
          label={recovery ? t('recoveryCode') : t('code')}
          name="code"
          data-autofocus
          inputMode={recovery ? 'text' : 'numeric'}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={20}
        />
        {name !== 'two_factor_expired' && (
          <Button type="submit" fullWidth loading={confirm.isPending}>
            {t('submit')}
          </Button>
        )}
        <Group justify="space-between" gap="sm">
          <Anchor
            component="button"
            type="button"
            size="sm"
            onClick={() => {
              form.reset();
              confirm.reset();
              setRecovery(!recovery);
            }}
          >
            {recovery ? t('useApp') : t('useRecovery')}
          </Anchor>
          <Anchor component="button" type="button" size="sm" onClick={onStartAgain}>
            {t('startAgain')}
          </Anchor>
        </Group>
      </Stack>
    </form>
  );
}
