import { ActionIcon, Badge, Paper, Progress, Text, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconGripVertical } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { Fact, Facts } from '@/shared/components/facts';
import { orderOf } from '../api/order-relays';
import { lanes, type Relay } from '../api/relay';
import classes from './relay-cards.module.css';
import { useDrag } from './use-drag';
import { useReorder } from './use-reorder';

/** In the order in which they are tried, to be changed by dragging a card, or by its buttons. */
export function RelayCards({ relays }: { relays: Relay[] }) {
  const { t } = useTranslation('relays');
  const order = orderOf(relays);
  const ordered = order.flat();
  const { move, announced } = useReorder(order);
  const { list, dragged, over, gripOf } = useDrag(move);
  const movable = mayAs(useWorkplace()?.role, 'admin') && ordered.length > 1;
  return (
    <>
      {movable && (
        <Text size="sm" c="dimmed">
          {t('order.help')}
        </Text>
      )}
      <VisuallyHidden role="status">{announced}</VisuallyHidden>
      <ul ref={list} className={classes.list} aria-label={t('title')}>
        {ordered.map((relay, place) => (
          <li
            key={relay.id}
            data-over={(over === place && dragged !== relay.id) || undefined}
            className={classes.item}
          >
            <Paper
              withBorder
              p={{ base: 'md', sm: 'lg' }}
              className={classes.card}
              data-dragged={dragged === relay.id || undefined}
            >
              {movable && (
                <Mover
                  relay={relay}
                  isFirst={place === 0}
                  isLast={place === ordered.length - 1}
                  onMove={(by) => {
                    move(relay.id, place + by);
                  }}
                  grip={gripOf(relay.id, place)}
                />
              )}
              <div className={classes.summary}>
                <RelaySummary
                  relay={relay}
                  place={order.findIndex((group) => group.includes(relay)) + 1}
                  shared={order.some((group) => group.length > 1 && group.includes(relay))}
                />
              </div>
            </Paper>
          </li>
        ))}
      </ul>
    </>
  );
}

interface MoverProps {
  relay: Relay;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: -1 | 1) => void;
  grip: ComponentProps<'span'>;
}

function Mover({ relay, isFirst, isLast, onMove, grip }: MoverProps) {
  const { t } = useTranslation('relays');
  return (
    <div className={classes.mover}>
      <span
        className={classes.grip}
        role="button"
        tabIndex={0}
        aria-label={t('order.grip', { name: relay.name })}
        title={t('order.drag')}
        onKeyDown={(event) => {
          const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined;
          if (by === undefined) return;
          event.preventDefault(); // the page does not scroll
          if (!(by === -1 ? isFirst : isLast)) onMove(by);
        }}
        {...grip}
      >
        <IconGripVertical size={18} aria-hidden />
      </span>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('order.up', { name: relay.name })}
        disabled={isFirst}
        onClick={() => {
          onMove(-1);
        }}
      >
        <IconArrowUp size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('order.down', { name: relay.name })}
        disabled={isLast}
        onClick={() => {
          onMove(1);
        }}
      >
        <IconArrowDown size={16} aria-hidden />
      </ActionIcon>
    </div>
  );
}

function RelaySummary({ relay, place, shared }: { relay: Relay; place: number; shared: boolean }) {
  const { t, i18n } = useTranslation('relays');
  const served = relay.lanes.length === 0 ? lanes : lanes.filter((lane) => relay.lanes.includes(lane));
  const number = new Intl.NumberFormat(i18n.resolvedLanguage);
  return (
    <>
      <div className={classes.head}>
        <Link to="/relays/$relayId" params={{ relayId: relay.id }} className={classes.link}>
          {relay.name}
        </Link>
        <RelayStateBadge relay={relay} />
      </div>
      {relay.state_reason && (
        <Text size="sm" mb="sm">
          {relay.state_reason}
        </Text>
      )}
      <Facts compact>
        <Fact name={t('order.place')}>
          {shared ? t('order.shared', { place, weight: relay.weight }) : number.format(place)}
        </Fact>
        <Fact name={t('kind')}>{relay.preset ?? relay.kind}</Fact>
        <Fact name={t('lanes')}>{served.map((lane) => t(`lane.${lane}`)).join(', ')}</Fact>
        {relay.region && <Fact name={t('region')}>{relay.region}</Fact>}
        {relay.senders.length > 0 && <Fact name={t('senders')}>{relay.senders.join(', ')}</Fact>}
        {(['day', 'month'] as const).map((period) => {
          const limit = relay[`${period}_quota`];
          if (limit === null) return null;
          const used = relay.usage?.[period];
          return (
            <Fact key={period} name={t(`quota.${period}`)}>
              {used === undefined ? number.format(limit) : `${number.format(used)} / ${number.format(limit)}`}
              {used !== undefined && (
                <Progress
                  mt={4}
                  value={Math.min(100, (100 * used) / limit)}
                  color={used >= limit ? 'red' : used >= 0.8 * limit ? 'orange' : undefined}
                  aria-label={t(`quota.${period}`)}
                />
              )}
            </Fact>
          );
        })}
      </Facts>
    </>
  );
}

/** Whether it carries mail at this moment. */
export function RelayStateBadge({ relay }: { relay: Relay }) {
  const { t } = useTranslation('relays');
  return (
    <Badge variant="light" color={stateColor(relay)} className={classes.badge}>
      {t(`state.${stateOf(relay)}`)}
    </Badge>
  );
}

const stateOf = (relay: Relay) => relay.state ?? (relay.enabled ? 'in_use' : 'off');

const stateColor = (relay: Relay) =>
  ({
    off: 'gray',
    in_use: 'teal',
    unusable: 'red',
    misconfigured: 'red',
    paused: 'orange',
    quota_used: 'orange',
  })[stateOf(relay)];
