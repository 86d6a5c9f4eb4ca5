import type { Problem } from '../api/template';
import type { TemplateDraft } from '../model/draft';

/** What every part of the editor gets. */
export interface PanelProps {
  draft: TemplateDraft;
  change: (part: Partial<TemplateDraft>) => void;
  readOnly: boolean;
  problems: Problem[];
  /** Of saving: each part says what is said of its own fields. */
  error: Error | null;
}
