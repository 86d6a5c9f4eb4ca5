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
  const places = order.flatMap((group) =>
    group.map((relay) => ({ relay, group: relay.id === id ? [] : group })),
  );
  const mine = places.find(({ relay }) => relay.id === id);
  if (!mine) return order;
  const others = places.filter((one) => one !== mine);
  const after = [...others.slice(0, place), mine, ...others.slice(place)];
  return after
    .map((one, at) => ({ ...one, begins: after[at - 1]?.group !== one.group }))
    .reduce<Order>(
      (groups, { relay, begins }) =>
        begins ? [...groups, [relay]] : [...groups.slice(0, -1), [...(groups.at(-1) ?? []), relay]],
      [],
    );
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
