import type { Component, Editor } from 'grapesjs';
import { useEffect, useRef, useState } from 'react';
import type { Looks } from '../model/mjml-looks';
import { write } from '../model/mjml-parts';
import type { MjmlDocument } from '../model/mjml-source';
import type { CanvasWords } from './builder-canvas';
import { partFrom } from './builder-parts';
import { openBuilder } from './builder-setup';

interface Options {
  source: string;
  document: MjmlDocument;
  looks: Looks;
  words: CanvasWords & { canvas: string };
  shown: (expression: string) => string;
  onChange: (source: string) => void;
}

/** The builder in a place of the page, for as long as the page is there. `turn` rises whenever something in it is different. */
export function useBuilder(options: Options) {
  const place = useRef<HTMLDivElement>(null);
  const first = useRef(options);
  const change = useRef(options.onChange);
  const [editor, setEditor] = useState<Editor>();
  const [chosen, setChosen] = useState<Component>();
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    change.current = options.onChange;
  }, [options.onChange]);

  useEffect(() => {
    if (!place.current) return;
    const { document, source } = first.current;
    const container = window.document.createElement('div');
    place.current.append(container);
    const made = openBuilder({ ...first.current, container });
    let written = source;
    let isReady = false;
    const tell = () => {
      const root = made.getWrapper()?.components().at(0);
      const body = root && partFrom(root);
      if (!isReady || !body) return;
      const next = write(document, body);
      if (next !== written) {
        written = next;
        change.current(next);
      }
      setTurn((now) => now + 1);
    };
    made.on('load', () => {
      isReady = true;
      setEditor(made);
    });
    made.on('update component:input', tell);
    made.on('component:selected component:deselected', () => {
      setChosen(made.getSelected());
    });
    return () => {
      tell(); // the last words may not have been told yet
      setEditor(undefined);
      setChosen(undefined);
      made.destroy();
      container.remove();
    };
  }, []);

  return { place, editor, chosen, turn };
}
