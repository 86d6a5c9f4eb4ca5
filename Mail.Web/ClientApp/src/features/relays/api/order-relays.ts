import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { listRelays } from './list-relays';
import { type Relay, relaysKey } from './relay';

const answer = z.object({
  object: z.literal('relay_order'),
  data: z.array(z.array(z.object({ id: z.string(), priority: z.number().int() }))),
});

/** Relays that are tried together share the mail by their weights. The first group is tried first. */
export type Order = Relay[][];

export function orderOf(relays: Relay[]): Order {
  const groups = new Map<number, Relay[]>();
  for (const relay of [...relays].sort((a, b) => a.priority - b.priority || a.name.localeCompare(b.name))) {
    groups.set(relay.priority, [...(groups.get(relay.priority) ?? []), relay]);
  }
  return [...groups.values()];
}

/** The order with one relay at another place, alone there: 0 is before all others, counted without it. */
export function moved(order: Order, id: string, place: number): Order {
  const relay = order.flat().find((one) => one.id === id);
  if (!relay) return order;
  const after: Order = [];
  let passed = 0;
  let done = false;
  const insert = () => {
    after.push([relay]);
    done = true;
  };
  for (const group of order) {
    const others = group.filter((one) => one.id !== id);
    const before = others.slice(0, Math.max(0, place - passed));
    const behind = others.slice(before.length);
    if (before.length > 0) after.push(before);
    if (!done && passed + before.length === place && behind.length > 0) insert();
    if (behind.length > 0) after.push(behind);
    passed += others.length;
  }
  if (!done) insert();
  return after;
}

/** Shown at once, and taken back when the API will not have it. */
export function useOrderRelays() {
  const queries = useQueryClient();
  const { queryKey } = listRelays();
  return useMutation({
    mutationFn: (order: Order) =>
      api.put('/relays/order', {
        body: { order: order.map((group) => group.map(({ id }) => id)) },
        schema: answer,
      }),
    onMutate: async (order) => {
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueryData(queryKey);
      const priority = new Map(
        order.flatMap((group, place) => group.map(({ id }) => [id, (place + 1) * 10] as const)),
      );
      queries.setQueryData(
        queryKey,
        (list) =>
          list && {
            ...list,
            data: list.data.map((relay) => ({
              ...relay,
              priority: priority.get(relay.id) ?? relay.priority,
            })),
          },
      );
      return { before };
    },
    onError: (_error, _order, context) => {
      if (context?.before) queries.setQueryData(queryKey, context.before);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: relaysKey }),
  });
}
