import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isHearing, unlessLive, useLive } from './live';

class Source extends EventTarget {
  static last: Source | undefined;
  closed = false;
  constructor(readonly url: string) {
    super();
    Source.last = this;
  }
  close() {
    this.closed = true;
  }
  say(type: string, data = '') {
    this.dispatchEvent(new MessageEvent(type, { data }));
  }
}

function Listener({ project }: { project: string }) {
  useLive(project);
  return null;
}

const listen = () => {
  const queries = new QueryClient();
  const invalidated = vi.spyOn(queries, 'invalidateQueries');
  const page = render(
    <QueryClientProvider client={queries}>
      <Listener project="p1" />
    </QueryClientProvider>,
  );
  const keys = () => invalidated.mock.calls.map(([filter]) => filter?.queryKey?.[0]);
  const source = Source.last;
  if (!source) throw new Error('Nobody listens.');
  return { page, keys, source };
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Source);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('live updates', () => {
  it('let pages ask again at once, and not more often than every two seconds', () => {
    const { keys, source } = listen();

    source.say('news', 'alerts');
    vi.advanceTimersByTime(10);
    expect(keys()).toEqual(['alerts', 'relays']);
    source.say('news', 'alerts');
    source.say('news', 'alerts');
    vi.advanceTimersByTime(1_000);
    expect(keys()).toHaveLength(2);
    vi.advanceTimersByTime(1_000);
    expect(keys()).toHaveLength(4);
  });

  it('replace asking for as long as they come', () => {
    const { page, source } = listen();
    const interval = unlessLive(4_000);
    expect(interval()).toBe(4_000);

    source.say('still');
    expect([isHearing(), interval()]).toEqual([true, 30_000]);
    vi.advanceTimersByTime(41_000);
    expect([isHearing(), interval()]).toEqual([false, 4_000]);
    source.say('still');
    source.say('error');
    expect(interval()).toBe(4_000);

    page.unmount();
    expect(source.closed).toBe(true);
  });
});
