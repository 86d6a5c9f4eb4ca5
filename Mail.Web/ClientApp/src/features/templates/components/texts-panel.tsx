import type { PanelProps } from './panel';
import { StringsEditor } from './strings-editor';

interface Props extends PanelProps {
  locale: string;
  onLocale: (locale: string) => void;
}

/** The words in each language. */
export function TextsPanel({ draft, change, readOnly, error, locale, onLocale }: Props) {
  return (
    <StringsEditor
      strings={draft.strings}
      defaultLocale={draft.default_locale}
      beside={locale}
      onBeside={onLocale}
      readOnly={readOnly}
      error={error}
      withFixed
      onChange={(strings) => {
        change({ strings });
      }}
    />
  );
}
