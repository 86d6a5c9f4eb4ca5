import { useRef } from 'react';

/** One key for one wish, as long as it stays the same: a repetition makes nothing twice. */
export function useKeyOf() {
  const last = useRef({ wish: '', key: '' });
  const keyOf = (wish: unknown) => {
    const text = JSON.stringify(wish);
    if (last.current.wish !== text) {
      // Not randomUUID: it is there on https alone.
      const octets = crypto.getRandomValues(new Uint8Array(16));
      const key = Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
      last.current = { wish: text, key };
    }
    return last.current.key;
  };
  /** What was refused for good is asked for anew: under the old key there would be the old answer. */
  const forget = () => {
    last.current = { wish: '', key: '' };
  };
  return { keyOf, forget };
}
