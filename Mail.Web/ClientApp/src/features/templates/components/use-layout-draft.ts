import { useEffect, useMemo, useState } from 'react';
import { type Layout, type LayoutDraft, usePutLayout } from '../api/layouts';
import { unsaved } from '../model/unsaved';

const kind = 'layout';

const draftOf = ({ partials, footer, strings, variables }: Layout): LayoutDraft => ({
  partials,
  footer,
  strings,
  variables,
});

const isSame = (one: LayoutDraft, other: LayoutDraft) => JSON.stringify(one) === JSON.stringify(other);

/** What is typed outlives the page here too; a layout has no revision, the last who saves wins. */
export function useLayoutDraft(layout: Layout, mayWrite: boolean) {
  const put = usePutLayout(layout.key);
  const [base, setBase] = useState(() => draftOf(layout));
  const [draft, setDraft] = useState(base);
  const [offer, setOffer] = useState(() => {
    const found = mayWrite ? unsaved.read<LayoutDraft>(kind, layout.key) : undefined;
    return found && !isSame({ ...base, ...found.draft }, base) ? found : undefined;
  });
  const dirty = useMemo(() => !isSame(draft, base), [draft, base]);

  useEffect(() => {
    if (!mayWrite || offer) return;
    if (dirty) unsaved.write(kind, layout.key, 0, draft);
    else unsaved.forget(kind, layout.key);
  }, [mayWrite, offer, dirty, layout.key, draft]);

  return {
    draft,
    dirty,
    offer,
    saving: put.isPending,
    error: put.error,
    change: (part: Partial<LayoutDraft>) => {
      setDraft((now) => ({ ...now, ...part }));
    },
    save: async () => {
      await put.mutateAsync(draft);
      setBase(draft);
    },
    takeBack: () => {
      if (offer) setDraft({ ...base, ...offer.draft });
      setOffer(undefined);
    },
    discardOffer: () => {
      setOffer(undefined);
    },
  };
}
