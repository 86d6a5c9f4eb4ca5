import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { ApiError } from '@/shared/api/api-error';
import { useSaveTemplate } from '../api/change-template';
import { getTemplate } from '../api/get-template';
import type { Template } from '../api/template';
import { draftOf, isSame, type TemplateDraft } from '../model/draft';
import { unsaved, type Unsaved } from '../model/unsaved';

const kind = 'template';

/** The draft that somebody is writing, beside the one that is stored: saving is explicit, and what is typed outlives the page. */
export function useTemplateDraft(address: string, template: Template, mayWrite: boolean) {
  const queries = useQueryClient();
  const id = template.id ?? '';
  const save = useSaveTemplate(address);
  const [base, setBase] = useState(() => ({ revision: template.revision, draft: draftOf(template) }));
  const [draft, setDraft] = useState(base.draft);
  const [offer, setOffer] = useState(() => (mayWrite ? offerOf(id, base.draft) : undefined));
  const dirty = useMemo(() => !isSame(draft, base.draft), [draft, base]);

  // Somebody else has saved: who has typed nothing sees it at once; who has is told when they save. An older one is what was there before we saved.
  if (template.revision > base.revision && !dirty && !save.isPending) {
    const draftThere = draftOf(template);
    setBase({ revision: template.revision, draft: draftThere });
    setDraft(draftThere);
  }

  useEffect(() => {
    if (!mayWrite || offer) return;
    if (dirty) unsaved.write(kind, id, base.revision, draft);
    else unsaved.forget(kind, id);
  }, [mayWrite, offer, dirty, id, base, draft]);

  const settle = (saved: Template) => {
    const there = draftOf(saved);
    setBase({ revision: saved.revision, draft: there });
    setDraft((now) => (now === draft ? there : now)); // what was typed meanwhile stays, and is not saved
  };

  const send = async (revision: number) => {
    const saved = await save.mutateAsync({ ...draft, revision });
    settle(saved);
    return saved;
  };

  const readAgain = () => queries.query({ ...getTemplate(address), staleTime: 0 });

  return {
    draft,
    dirty,
    change: (part: Partial<TemplateDraft>) => {
      setDraft((now) => ({ ...now, ...part }));
    },
    saving: save.isPending,
    error: save.error,
    isConflict: save.error instanceof ApiError && save.error.name === 'changed_meanwhile',
    /** Resolves when it is stored; what hinders it is in `error` too. */
    save: () => send(base.revision),
    /** In place of what somebody else has saved meanwhile. */
    saveOver: async () => send((await readAgain()).revision),
    /** Theirs stands here now; one's own is offered back. */
    takeTheirs: async () => {
      const theirs = await readAgain();
      const mine = { revision: theirs.revision, at: new Date().toISOString(), draft };
      unsaved.write(kind, id, theirs.revision, draft);
      setOffer(mine);
      setBase({ revision: theirs.revision, draft: draftOf(theirs) });
      setDraft(draftOf(theirs));
      save.reset();
    },
    /** Typing of before that was never saved; nothing can be typed until somebody has decided. */
    offer,
    takeBack: () => {
      if (!offer) return;
      setBase({ ...base, revision: offer.revision });
      setDraft({ ...base.draft, ...offer.draft });
      setOffer(undefined);
    },
    discardOffer: () => {
      setOffer(undefined);
    },
  };
}

export type DraftHandle = ReturnType<typeof useTemplateDraft>;

function offerOf(id: string, draft: TemplateDraft): Unsaved<TemplateDraft> | undefined {
  const found = unsaved.read<TemplateDraft>(kind, id);
  return found && !isSame({ ...draft, ...found.draft }, draft) ? found : undefined;
}
