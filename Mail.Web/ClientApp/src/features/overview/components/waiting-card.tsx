import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '@/shared/components/links';
import { useFormat } from '@/shared/format/use-format';
import { useNow } from '@/shared/format/use-now';
import { getWaiting } from '../api/get-waiting';
import { HealthCard } from './health-card';
import classes from './overview.module.css';

export function WaitingCard() {
  const { t, i18n } = useTranslation('overview');
  const format = useFormat();
  const now = useNow();
  const waiting = useQuery(getWaiting());
  const number = new Intl.NumberFormat(i18n.resolvedLanguage);
  return (
    <HealthCard
      title={t('waiting.title')}
      query={waiting}
      more={
        <AnchorLink to="/messages" search={{ status: 'queued' }} size="sm">
          {t('waiting.all')}
        </AnchorLink>
      }
    >
      {({ count, has_more, oldest }) => (
        <>
          <Text className={classes.figure} data-testid="waiting">
            {number.format(count)}
            {has_more && '+'}
          </Text>
          {oldest ? (
            <Text size="sm">
              <AnchorLink
                to="/messages/$messageId"
                params={{ messageId: oldest.email_id }}
                underline="always"
              >
                {t('waiting.since', { when: format.relative(oldest.accepted_at, now) })}
              </AnchorLink>{' '}
              {oldest.reason}
            </Text>
          ) : (
            <Text size="sm" c="dimmed">
              {t('waiting.nothing')}
            </Text>
          )}
        </>
      )}
    </HealthCard>
  );
}
