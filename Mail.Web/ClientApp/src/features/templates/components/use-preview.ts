import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { problemsOf, renderDraft, type Rendered } from '../api/render-template';
import type { Problem } from '../api/template';
import { isSame, type TemplateDraft } from '../model/draft';

const pause = 500;

const nothing: Problem[] = [];

/** The draft as a recipient would see it, a moment after the last key; while it has errors, as it was last seen without. */
export function usePreview(key: string, draft: TemplateDraft, locale: string) {
  const [settled] = useDebouncedValue(draft, pause);
  const render = useQuery(renderDraft(key, settled, locale));
  const [good, setGood] = useState<Rendered>();
  if (render.data && render.data !== good) setGood(render.data);
  const [known, setKnown] = useState(nothing);
  const problems = render.data?.problems ?? problemsOf(render.error) ?? (render.isPending ? known : nothing);
  if (problems !== known && !isEqual(problems, known)) setKnown(problems);
  const hasErrors = problemsOf(render.error) !== undefined;
  return {
    mail: render.data ?? good,
    problems: useMemo(() => (isEqual(problems, known) ? known : problems), [problems, known]),
    /** The mail is of before: the draft as it is now cannot be rendered. */
    isOld: render.isError && good !== undefined,
    hasErrors,
    error: hasErrors ? null : render.error,
    isRendering: render.isFetching || !isSame(settled, draft),
    retry: () => void render.refetch(),
  };
}

export type Preview = ReturnType<typeof usePreview>;

const isEqual = (one: Problem[], other: Problem[]) => JSON.stringify(one) === JSON.stringify(other);
