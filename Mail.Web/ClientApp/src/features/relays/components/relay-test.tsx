import { Button, Group, Loader, Text, TextInput } from '@mantine/core';
import { IconCircleCheck, IconCircleMinus, IconCircleX, IconStethoscope } from '@tabler/icons-react';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Marked } from '@/shared/components/marked';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { type Step, useExamineRelay } from '../api/examine-relay';
import type { Relay } from '../api/relay';
import classes from './relay-test.module.css';

/** Finds out step by step whether mail goes out over the relay as it is stored. */
export function RelayTest({ relay }: { relay: Relay }) {
  const { t } = useTranslation('relays');
  const [to, setTo] = useState('');
  const examine = useExamineRelay(relay.id);
  const start = (event?: SyntheticEvent) => {
    event?.preventDefault();
    examine.mutate(to.trim());
  };
  return (
    <Section title={t('test.title')}>
      <form onSubmit={start} noValidate>
        <Group align="flex-end" gap="sm">
          <TextInput
            className={classes.to}
            type="email"
            label={t('test.to')}
            description={t('test.toHelp')}
            placeholder="you@example.com"
            value={to}
            onChange={(event) => {
              setTo(event.currentTarget.value);
            }}
          />
          <Button
            type="submit"
            variant="default"
            leftSection={<IconStethoscope size={16} aria-hidden />}
            loading={examine.isPending}
          >
            {t('test.start')}
          </Button>
        </Group>
      </form>
      <div className={classes.result}>
        <div role="status">
          {examine.isPending && (
            <Group gap="sm" mb="xs">
              <Loader size="sm" aria-hidden />
              <Text size="sm">{t('test.running')}</Text>
            </Group>
          )}
          {examine.data && (
            <Text size="sm" fw={600} mb="xs">
              {t(examine.data.ok ? 'test.well' : 'test.unwell')}
            </Text>
          )}
        </div>
        {examine.steps.length > 0 && (
          <ol className={classes.steps} aria-label={t('test.steps')} aria-live="polite">
            {examine.steps.map((step) => (
              <li key={step.name} className={classes.step} data-status={step.status}>
                <StepFacts step={step} />
              </li>
            ))}
          </ol>
        )}
      </div>
      {examine.error && <ProblemPanel error={examine.error} onRetry={start} retrying={examine.isPending} />}
    </Section>
  );
}

const icons = { ok: IconCircleCheck, failed: IconCircleX, skipped: IconCircleMinus };

const names = [
  'settings',
  'database',
  'dns',
  'connect',
  'greeting',
  'tls',
  'auth',
  'sender',
  'recipient',
  'send',
] as const;

function StepFacts({ step }: { step: Step }) {
  const { t, i18n } = useTranslation('relays');
  const Icon = icons[step.status];
  const name = names.find((one) => one === step.name);
  const milliseconds = new Intl.NumberFormat(i18n.resolvedLanguage, { maximumFractionDigits: 0 });
  return (
    <>
      <Icon size={20} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <div className={classes.name}>
          {name ? t(`test.step.${name}`) : step.name}{' '}
          <span className={classes.quiet}>{t(`test.status.${step.status}`)}</span>
          {step.status !== 'skipped' && (
            <span className={classes.time}>{milliseconds.format(step.duration_ms)} ms</span>
          )}
        </div>
        {step.cause && (
          <div>
            <strong>{step.cause.title}</strong> <Marked text={step.cause.remedy} />
          </div>
        )}
        {step.seen !== '' && <div className={classes.quiet}>{step.seen}</div>}
      </div>
    </>
  );
}
