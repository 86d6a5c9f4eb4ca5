import { type PointerEvent, useRef, useState } from 'react';

/**
 * Dragging an item of a list by any pointer, finger and pen included: its grip takes the pointer, and the item nearest to it is the place where it will stand.
 * @param onDrop not for an item that was only touched, or put back to where it was
 */
export function useDrag(onDrop: (id: string, place: number) => void) {
  const list = useRef<HTMLUListElement>(null);
  const [drag, setDrag] = useState<{ id: string; over?: number }>();

  const gripOf = (id: string, place: number) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || !event.isPrimary) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ id });
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (drag?.id === id) setDrag({ id, over: nearest(list.current, event.clientY) });
    },
    onPointerUp: () => {
      setDrag(undefined);
      if (drag?.id === id && drag.over !== undefined && drag.over !== place) onDrop(id, drag.over);
    },
    // The system has taken the finger for something of its own.
    onPointerCancel: () => {
      setDrag(undefined);
    },
  });

  return { list, dragged: drag?.id, over: drag?.over, gripOf };
}

function nearest(list: HTMLUListElement | null, y: number): number | undefined {
  const distances = [...(list?.children ?? [])].map((item) => {
    const { top, bottom } = item.getBoundingClientRect();
    return Math.abs((top + bottom) / 2 - y);
  });
  return distances.length === 0 ? undefined : distances.indexOf(Math.min(...distances));
}
