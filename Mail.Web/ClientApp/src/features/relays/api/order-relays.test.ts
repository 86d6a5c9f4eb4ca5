import { describe, expect, it } from 'vitest';
import { moved, type Order, orderOf } from './order-relays';
import type { Relay } from './relay';

const relay = (id: string, priority = 0) => ({ id, name: id, priority }) as Relay;
const order = (text: string): Order =>
  text.split('|').map((group) => group.split(',').map((id) => relay(id)));
const text = (of: Order) => of.map((group) => group.map(({ id }) => id).join(',')).join('|');

describe('the order of relays', () => {
  it('has those of one priority in one group', () => {
    expect(text(orderOf([relay('c', 200), relay('b', 1), relay('a', 1)]))).toBe('a,b|c');
  });

  it.each([
    ['a|b|c', 'c', 0, 'c|a|b'],
    ['a|b|c', 'a', 2, 'b|c|a'],
    ['a|b|c', 'b', 1, 'a|b|c'],
    ['a,b|c', 'c', 0, 'c|a,b'],
    ['a,b|c', 'c', 1, 'a|c|b'],
    ['a,b|c', 'a', 0, 'a|b|c'],
    ['a,b|c', 'b', 2, 'a|c|b'],
  ])('%s with %s at %i is %s', (before, id, place, after) => {
    expect(text(moved(order(before), id, place))).toBe(after);
  });
});
