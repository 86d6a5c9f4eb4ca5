import { Progress, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/components/moment';
import type { Quota } from '../api/connections';
import figures from './figures.module.css';
import classes from './mailboxes.module.css';

/** From here on there is an alert (`mailbox_quota_80`). */
const alarming = 0.8;

/** What is used of what a provider allows, as it last said. */
export function QuotaFigures({ quota, name }: { quota: Quota; name: string }) {
  const { t, i18n } = useTranslation('mailboxes');
  const number = new Intl.NumberFormat(i18n.resolvedLanguage);
  const rows = [
    { label: t('quota.day'), used: quota.sent_today, limit: quota.day_limit },
    { label: t('quota.month'), used: quota.sent_this_month, limit: quota.month_limit },
    { label: t('quota.mailboxes'), used: quota.mailboxes, limit: quota.mailbox_limit },
  ].filter((row) => row.used !== null || row.limit !== null);
  return (
    <div>
      {(quota.used ?? 0) >= alarming && (
        <div className={classes.verdict}>
          <IconAlertTriangle size={18} aria-hidden />
          {t('quota.alarm')}
        </div>
      )}
      {rows.map(({ label, used, limit }) => {
        const part = used !== null && limit !== null && limit > 0 ? used / limit : undefined;
        const percent = Math.min(100, Math.round((part ?? 0) * 100));
        return (
          <div key={label} className={figures.quota}>
            <div className={figures.quotaWords}>
              <Text size="sm">{label}</Text>
              <Text size="sm">
                {limit === null
                  ? t('quota.noLimit', { used: number.format(used ?? 0) })
                  : t('quota.of', {
                      used: used === null ? '?' : number.format(used),
                      limit: number.format(limit),
                    })}
              </Text>
            </div>
            {part !== undefined && (
              <Progress
                value={percent}
                color={part >= alarming ? 'red' : 'indigo'}
                aria-label={t('quota.label', { name, what: label })}
              />
            )}
          </div>
        );
      })}
      <Text size="xs" c="dimmed" component="div">
        {t('quota.at')} <Moment at={quota.at} />
      </Text>
    </div>
  );
}
