import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { looksOf } from '../model/mjml-looks';
import type { MjmlDocument } from '../model/mjml-source';
import classes from './builder.module.css';
import { BuilderSettings } from './builder-settings';
import { BuilderStructure } from './builder-structure';
import { BuilderToolbar } from './builder-toolbar';
import { useBuilder } from './use-builder';

export interface BuilderProps {
  /** What `document` is the tree of. */
  source: string;
  document: MjmlDocument;
  /** Of the layout: what its head says holds in the canvas too. */
  partials: Record<string, string>;
  /** By key, in the default language: shown where the design says `{{t "key"}}`. */
  texts: Record<string, string>;
  onChange: (source: string) => void;
  onCode: (line?: number) => void;
}

/** A mail as it looks, with its parts to choose, move and change. Loaded on demand (visual-editor.tsx). */
export function Builder({ source, document, partials, texts, onChange }: BuilderProps) {
  const { t } = useTranslation('templates');
  const looks = useMemo(() => looksOf(source, partials), [source, partials]);
  const { place, editor, chosen, turn } = useBuilder({
    source,
    document,
    looks,
    onChange,
    words: { canvas: t('visual.canvas'), image: t('visual.noImage'), closed: t('visual.closed') },
    shown: (expression) =>
      texts[/^\{\{\s*t\s+["']([\w-]+)["']\s*\}\}$/.exec(expression)?.[1] ?? ''] ?? expression,
  });
  return (
    <div className={classes.builder}>
      {editor && <BuilderToolbar editor={editor} turn={turn} />}
      <div className={classes.columns}>
        <div ref={place} className={classes.canvas} />
        <div className={classes.side}>
          {editor && (
            <>
              <BuilderSettings
                key={chosen?.getId() ?? ''}
                editor={editor}
                chosen={chosen}
                looks={looks}
                turn={turn}
              />
              <BuilderStructure editor={editor} chosen={chosen} turn={turn} />
            </>
          )}
        </div>
      </div>
      <p className={classes.help}>{t('visual.help')}</p>
    </div>
  );
}
