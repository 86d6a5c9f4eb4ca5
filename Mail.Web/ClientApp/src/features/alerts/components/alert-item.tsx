import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/shared/api/workplace';
import { Marked } from '@/shared/components/marked';
import { Fact, Facts } from '@/shared/components/facts';
import { Moment } from '@/shared/components/moment';
import { useAcknowledgeAlert } from '../api/acknowledge-alert';
import type { Alert } from '../api/list-alerts';
import classes from './alert-item.module.css';

export function AlertItem({ alert }: { alert: Alert }) {
  const { t, i18n } = useTranslation('alerts');
  const may = useMay('developer');
  const state = !alert.open ? 'over' : alert.acknowledged_at === null ? 'open' : 'acknowledged';
  return (
    <article aria-label={alert.title}>
      <Group gap="sm" justify="space-between" align="flex-start">
        <div className={classes.words}>
          <Group gap={10} mb={4}>
            <Text fw={600}>{alert.title}</Text>
            <span className={classes.badge} data-state={state}>
              {t(`state.${state}`)}
            </span>
          </Group>
          <Text size="sm">{alert.summary}</Text>
          {alert.scope === 'installation' && (
            <Text size="xs" c="dimmed">
              {t('scope')}
            </Text>
          )}
        </div>
        {state === 'open' && may && <Acknowledge alert={alert} />}
      </Group>
      <div className={classes.facts}>
        <Facts compact>
          {alert.open && (
            <Fact name={t('remedy')} wide>
              <Marked text={alert.remedy} />
            </Fact>
          )}
          {alert.reason && (
            <Fact name={t('reason')} wide>
              {alert.reason}
            </Fact>
          )}
          <Fact name={t('since')}>
            <Moment at={alert.opened_at} show="both" />
          </Fact>
          {alert.resolved_at && (
            <Fact name={t('until')}>
              <Moment at={alert.resolved_at} show="both" />
            </Fact>
          )}
          <Fact name={t('count')}>{new Intl.NumberFormat(i18n.resolvedLanguage).format(alert.count)}</Fact>
          <Fact name={t('told')}>
            {alert.told_at ? <Moment at={alert.told_at} show="both" /> : t('notTold')}
          </Fact>
        </Facts>
      </div>
    </article>
  );
}

function Acknowledge({ alert }: { alert: Alert }) {
  const { t } = useTranslation('alerts');
  const acknowledge = useAcknowledgeAlert();
  return (
    <Button
      variant="default"
      size="xs"
      loading={acknowledge.isPending}
      onClick={() => {
        acknowledge.mutate(alert.id, {
          onSuccess: () => notifications.show({ message: t('acknowledged') }),
          onError: (error) =>
            notifications.show({ color: 'red', message: t('notDone', { reason: error.message }) }),
        });
      }}
    >
      {t('acknowledge')}
    </Button>
  );
}
