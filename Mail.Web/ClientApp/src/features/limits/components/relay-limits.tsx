import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { Fact, Facts } from '@/shared/components/facts';
import { Section } from '@/shared/components/section';
import type { RelayLimits } from '../api/limits';
import { LimitsForm } from './limits-form';
import { UsedPeriod } from './used-period';
import { WaitingList } from './waiting-list';
import { WarmUpPlan } from './warm-up-plan';

/** One relay: its limits as facts, or as a form when somebody changes them. */
export function RelayLimitsSection({ relay, countsUpTo }: { relay: RelayLimits; countsUpTo: number }) {
  const { t } = useTranslation('limits');
  const mayChange = mayAs(useWorkplace()?.role, 'admin');
  const [editing, edit] = useDisclosure();
  return (
    <Section
      title={relay.name}
      aside={
        <Group gap="xs">
          {!relay.enabled && (
            <Badge variant="light" color="gray" tt="none">
              {t('off')}
            </Badge>
          )}
          {mayChange && !editing && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPencil size={14} aria-hidden />}
              aria-label={t('changeOf', { name: relay.name })}
              onClick={edit.open}
            >
              {t('change')}
            </Button>
          )}
        </Group>
      }
    >
      <Stack gap="md">
        {relay.today && <UsedPeriod name={t('today')} period={relay.today} />}
        {relay.month && <UsedPeriod name={t('month')} period={relay.month} />}
        <WaitingList waiting={relay.waiting} countsUpTo={countsUpTo} />
        {editing ? <LimitsForm relay={relay} onClose={edit.close} /> : <Shown relay={relay} />}
        {relay.warm_up && !editing && <WarmUpPlan planned={relay.planned} />}
      </Stack>
    </Section>
  );
}

function Shown({ relay }: { relay: RelayLimits }) {
  const { t, i18n } = useTranslation('limits');
  const number = new Intl.NumberFormat(i18n.resolvedLanguage, { maximumFractionDigits: 4 });
  const shown = (value: number | null) => (value === null ? t('none') : number.format(value));
  return (
    <>
      <Facts compact>
        <Fact name={t('rate')}>{shown(relay.rate_per_second)}</Fact>
        <Fact name={t('connections')}>{shown(relay.max_connections)}</Fact>
        <Fact name={t('day')}>{shown(relay.day_quota)}</Fact>
        <Fact name={t('monthQuota')}>{shown(relay.month_quota)}</Fact>
        {relay.domain_limits.map((line) => (
          <Fact key={line.domain} name={line.domain === '*' ? t('everyOther') : line.domain}>
            {[
              line.rate_per_second !== null && t('aSecond', { rate: number.format(line.rate_per_second) }),
              line.max_concurrent !== null && t('atOnce', { count: line.max_concurrent }),
            ]
              .filter(Boolean)
              .join(', ')}
          </Fact>
        ))}
      </Facts>
      {relay.warm_up && (
        <Text size="sm">
          {t('warmUp.sentence', {
            date: new Intl.DateTimeFormat(i18n.resolvedLanguage, {
              dateStyle: 'medium',
              timeZone: 'UTC',
            }).format(new Date(relay.warm_up.starts_on)),
            first: number.format(relay.warm_up.first_day),
            growth: number.format(relay.warm_up.growth),
          })}{' '}
          {relay.warm_up.ceiling !== null &&
            t('warmUp.until', { ceiling: number.format(relay.warm_up.ceiling) })}
        </Text>
      )}
    </>
  );
}
