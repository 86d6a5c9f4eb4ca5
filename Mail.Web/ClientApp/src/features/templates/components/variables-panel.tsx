import { Text } from '@mantine/core';
import { fieldError } from '../model/field-error';
import type { PanelProps } from './panel';
import { withSample } from './sample-panel';
import { VariablesEditor } from './variables-editor';

/** What a message may say, and what previews are made with. */
export function VariablesPanel({ draft, change, readOnly, error }: PanelProps) {
  return (
    <>
      {fieldError(error, 'variables') !== undefined && (
        <Text size="sm" c="red" role="alert" mb="sm">
          {error?.message}
        </Text>
      )}
      <VariablesEditor
        variables={draft.variables}
        readOnly={readOnly}
        sample={draft.sample}
        onSample={(name, value) => {
          change({ sample: withSample(draft.sample, name, value) });
        }}
        onChange={(variables, renamed) => {
          const sample = renamed && renamed.from in draft.sample ? draft.sample : undefined;
          change({
            variables,
            ...(sample &&
              renamed && {
                sample: withSample(
                  withSample(sample, renamed.to, sample[renamed.from]),
                  renamed.from,
                  undefined,
                ),
              }),
          });
        }}
      />
    </>
  );
}
