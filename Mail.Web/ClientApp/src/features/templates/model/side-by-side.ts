export interface Side {
  line: number;
  text: string;
}

/** One row of two files beside each other; a gap where only one of them has a line. */
export interface Row {
  kind: 'same' | 'changed' | 'hunk';
  before?: Side;
  after?: Side;
}

/** Reads a unified diff. Lines that were taken out stand beside those that came in their place. */
export function sideBySide(diff: string): Row[] {
  const rows: Row[] = [];
  let removed: Side[] = [];
  let added: Side[] = [];
  let before = 0;
  let after = 0;
  const settle = () => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++) {
      rows.push({ kind: 'changed', before: removed[i], after: added[i] });
    }
    removed = [];
    added = [];
  };
  for (const line of diff.replace(/\n$/, '').split('\n')) {
    const hunk = /^@@ -(\d+),\d+ \+(\d+),\d+ @@/.exec(line);
    const text = line.slice(1);
    if (hunk) {
      settle();
      if (rows.length > 0) rows.push({ kind: 'hunk' });
      [before, after] = [Number(hunk[1]), Number(hunk[2])];
    } else if (line.startsWith('-')) removed.push({ line: before++, text });
    else if (line.startsWith('+')) added.push({ line: after++, text });
    else if (line.startsWith(' ')) {
      settle();
      rows.push({ kind: 'same', before: { line: before++, text }, after: { line: after++, text } });
    }
  }
  settle();
  return rows;
}
