import { Title } from '@mantine/core';
import type { Component, Editor } from 'grapesjs';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './builder.module.css';
import { keptOf } from './builder-parts';
import { useNameOf } from './use-name-of';

interface Props {
  editor: Editor;
  chosen: Component | undefined;
  turn: number;
}

/** All parts, one within the other: also those that have no height in the canvas, and for whoever does not point. */
export function BuilderStructure({ editor, chosen }: Props) {
  const { t } = useTranslation('templates');
  const id = useId();
  return (
    <section aria-labelledby={id} className={classes.panel}>
      <Title order={3} size="h6" id={id}>
        {t('visual.structure')}
      </Title>
      <Parts of={editor.getWrapper()} editor={editor} chosen={chosen} labelledBy={id} />
    </section>
  );
}

interface PartsProps {
  of: Component | undefined;
  editor: Editor;
  chosen: Component | undefined;
  labelledBy?: string;
}

function Parts({ of, editor, chosen, labelledBy }: PartsProps) {
  const nameOf = useNameOf();
  const parts = of?.components().models.flatMap((part) => {
    const node = keptOf(part)?.node;
    return node ? [{ part, node }] : [];
  });
  if (!parts?.length) return null;
  return (
    <ul className={classes.tree} aria-labelledby={labelledBy}>
      {parts.map(({ part, node }) => (
        <li key={part.getId()}>
          <button
            type="button"
            className={classes.part}
            data-kind={node.kind}
            aria-current={part === chosen || undefined}
            onClick={() => {
              editor.select(part, { scroll: true });
            }}
          >
            {nameOf(node)}
          </button>
          <Parts of={part} editor={editor} chosen={chosen} />
        </li>
      ))}
    </ul>
  );
}
