import { Badge, Group, Text, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FileDiff } from '../api/compare-versions';
import { type Side, sideBySide } from '../model/side-by-side';
import classes from './versions.module.css';

const colours: Record<string, string> = { added: 'teal', removed: 'red' };

/** One file before and after, line beside line. */
export function FileDiffView({ file, before, after }: { file: FileDiff; before: string; after: string }) {
  const { t } = useTranslation('templates');
  const status = file.status === 'added' || file.status === 'removed' ? file.status : 'changed';
  const rows = sideBySide(file.diff);
  return (
    <div>
      <Group gap="xs" mb={6}>
        <Text component="h3" size="sm" fw={600} ff="monospace" m={0}>
          {file.file}
        </Text>
        <Badge variant="light" size="sm" tt="none" color={colours[status] ?? 'blue'}>
          {t(`versions.fileStatus.${status}`)}
        </Badge>
      </Group>
      <div
        role="region"
        aria-label={t('versions.lines', { file: file.file })}
        tabIndex={0}
        className={classes.diff}
      >
        <table className={classes.lines}>
          <colgroup>
            <col className={classes.numbers} />
            <col />
            <col className={classes.numbers} />
            <col />
          </colgroup>
          <thead>
            <tr>
              <th scope="col" colSpan={2}>
                {before}
              </th>
              <th scope="col" colSpan={2}>
                {after}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) =>
              row.kind === 'hunk' ? (
                <tr key={index}>
                  <td colSpan={4} className={classes.hunk}>
                    …
                  </td>
                </tr>
              ) : (
                <tr key={index}>
                  <Cells side={row.before} changed={row.kind === 'changed' ? 'removed' : undefined} />
                  <Cells side={row.after} changed={row.kind === 'changed' ? 'added' : undefined} />
                </tr>
              ),
            )}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Cells({ side, changed }: { side?: Side; changed?: 'added' | 'removed' }) {
  const { t } = useTranslation('templates');
  if (!side) return <td colSpan={2} className={classes.gap} />;
  return (
    <>
      <td className={classes.number}>
        <VisuallyHidden>{t('versions.line', { line: side.line })}</VisuallyHidden>
        <span aria-hidden>{side.line}</span>
      </td>
      <td className={classes.text} data-changed={changed}>
        {changed && <VisuallyHidden>{t(`versions.fileStatus.${changed}`)}: </VisuallyHidden>}
        {changed === 'added' ? <ins>{side.text}</ins> : changed ? <del>{side.text}</del> : side.text}
      </td>
    </>
  );
}
