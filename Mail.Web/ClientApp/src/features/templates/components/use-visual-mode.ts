import { useMediaQuery } from '@mantine/hooks';
import type { TemplateDraft } from '../model/draft';
import type { Mode } from './use-editor-view';

/** Below it a mail of 600 px and the panels beside it have no room. */
const narrowest = '(min-width: 1000px)';

/** Whether the design can be written as it looks: MJML, by somebody who may, on a screen that is wide enough. */
export function useVisualMode(draft: TemplateDraft, mayType: boolean, mode: Mode) {
  const isWide = useMediaQuery(narrowest, undefined, { getInitialValueInEffect: false });
  const isPossible = mayType && draft.html === null;
  return {
    isOffered: isPossible && isWide,
    isShown: isPossible && isWide && mode === 'visual',
    /** They came by a link to it, or wonder where it is. */
    isTooNarrow: isPossible && !isWide,
  };
}

export type VisualMode = ReturnType<typeof useVisualMode>;
