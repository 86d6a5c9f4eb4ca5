import { Alert, Text } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '@/shared/components/links';
import { Moment } from '@/shared/components/moment';
import type { Waiting } from '../api/limits';
import classes from './limits.module.css';

/** Who waits because a limit is full, and when it goes on. */
export function WaitingList({ waiting, countsUpTo }: { waiting: Waiting[]; countsUpTo: number }) {
  const { t, i18n } = useTranslation('limits');
  const number = new Intl.NumberFormat(i18n.resolvedLanguage);
  return waiting.map((one) => (
    <Alert
      key={`${one.for} ${one.domain ?? ''}`}
      variant="outline"
      color="orange"
      icon={<IconHourglass aria-hidden />}
      title={t(`waiting.${one.for}`, {
        count: one.recipients,
        shown: one.recipients >= countsUpTo ? `${number.format(countsUpTo)}+` : number.format(one.recipients),
      })}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      <Text size="sm">
        {one.domain && <>{t('waiting.domain', { domain: one.domain })} · </>}
        {t('waiting.next')} <Moment at={one.next} />. {t(`waiting.${one.for}Help`)}
      </Text>
      {one.examples.length > 0 && (
        <ul className={classes.examples} aria-label={t('waiting.examples')}>
          {one.examples.map((example) => (
            <li key={example.message_id + example.recipient}>
              <AnchorLink to="/messages/$messageId" params={{ messageId: example.message_id }} size="sm">
                {example.recipient}
              </AnchorLink>
              <Text size="xs" c="dimmed" lang="en">
                {example.reason}
              </Text>
            </li>
          ))}
        </ul>
      )}
    </Alert>
  ));
}
