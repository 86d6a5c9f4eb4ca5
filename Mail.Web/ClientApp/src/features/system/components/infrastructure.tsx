import { Badge, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Fact, Facts } from '@/shared/components/facts';
import { Moment } from '@/shared/components/moment';
import { Section } from '@/shared/components/section';
import { useFormat } from '@/shared/format/use-format';
import type { System } from '../api/system';

/** The database, the cache and the mailboxes that bounces come to: the operator's. */
export function Infrastructure({ system }: { system: System }) {
  const { t, i18n } = useTranslation('system');
  const format = useFormat();
  const number = new Intl.NumberFormat(i18n.resolvedLanguage, { maximumFractionDigits: 1 });
  const { database, cache } = system;
  if (!database || !cache) return null;
  const bytes =
    database.size_bytes >= 1e6
      ? `${number.format(database.size_bytes / 1e6)} MB`
      : format.bytes(database.size_bytes);
  return (
    <Stack gap="lg">
      <Section title={t('database.title')} aside={<State good>{t('reachable')}</State>}>
        <Facts compact>
          <Fact name={t('database.version')}>{database.version.split(' ')[0]}</Fact>
          <Fact name={t('latency')}>{number.format(database.latency_ms)} ms</Fact>
          <Fact name={t('database.size')}>{bytes}</Fact>
          <Fact name={t('database.connections')}>
            {number.format(database.connections)} / {number.format(database.max_connections)}
          </Fact>
          <Fact name={t('database.oldest')}>
            {database.oldest_transaction_seconds === null
              ? '–'
              : `${number.format(database.oldest_transaction_seconds)} s`}
          </Fact>
          <Fact name={t('database.stray')}>{number.format(database.stray_rows)}</Fact>
          <Fact name={t('database.months')} wide>
            {database.months.join(', ')}
          </Fact>
        </Facts>
      </Section>
      <Section
        title={t('cache.title')}
        aside={<State good={cache.status === 'ok'}>{t(`cache.${cache.status}`)}</State>}
      >
        <Facts compact>
          <Fact name={t('cache.limits')} wide>
            {t(cache.status === 'ok' ? 'cache.shared' : 'cache.alone')}
          </Fact>
          {cache.latency_ms !== null && <Fact name={t('latency')}>{number.format(cache.latency_ms)} ms</Fact>}
        </Facts>
      </Section>
      {system.bounce_mailboxes.map((mailbox) => (
        <Section
          key={mailbox.name}
          title={t('mailbox.title')}
          aside={<State good={mailbox.status === 'ok'}>{t(`mailbox.${mailbox.status}`)}</State>}
        >
          <Facts compact>
            <Fact name={t('mailbox.name')} wide>
              {mailbox.name}
            </Fact>
            {mailbox.problem && (
              <Fact name={t('mailbox.problem')} wide>
                {mailbox.problem}
              </Fact>
            )}
            <Fact name={t('mailbox.lookedAt')}>
              <Moment at={mailbox.looked_at} />
            </Fact>
            <Fact name={t('mailbox.recorded')}>{number.format(mailbox.recorded)}</Fact>
            <Fact name={t('mailbox.setApart')}>{number.format(mailbox.set_apart)}</Fact>
          </Facts>
        </Section>
      ))}
    </Stack>
  );
}

function State({ good, children }: { good: boolean; children: string }) {
  return (
    <Badge variant="light" color={good ? 'teal' : 'orange'} tt="none">
      {children}
    </Badge>
  );
}
