import { Button, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Variable } from '../api/template';
import { VariableRow } from './variable-row';
import classes from './variables-editor.module.css';

type Variables = Record<string, Variable>;

interface Props {
  variables: Variables;
  readOnly: boolean;
  onChange: (variables: Variables, renamed?: { from: string; to: string }) => void;
  /** Without it no sample is asked for: layouts and the fields of lists have none. */
  sample?: Record<string, unknown>;
  onSample?: (name: string, value: unknown) => void;
  /** The fields of a list, which cannot be lists themselves. */
  nested?: boolean;
}

/** Declared variables, each with its type and what stands in for it. */
export function VariablesEditor({ variables, readOnly, onChange, sample, onSample, nested = false }: Props) {
  const { t } = useTranslation('templates');
  const entries = Object.entries(variables);
  const add = () => {
    let number = 1;
    while (`${nested ? 'field' : 'variable'}_${number}` in variables) number++;
    onChange({ ...variables, [`${nested ? 'field' : 'variable'}_${number}`]: { type: 'string' } });
  };
  return (
    <Stack gap="sm" align="stretch">
      {entries.length === 0 && (
        <Text size="sm" c="dimmed">
          {t(nested ? 'variables.noFields' : 'variables.none')}
        </Text>
      )}
      <ul className={classes.list} aria-label={t(nested ? 'variables.fields' : 'tabs.variables')}>
        {entries.map(([name, variable], index) => (
          <VariableRow
            key={index}
            name={name}
            variable={variable}
            taken={entries.map(([one]) => one).filter((one) => one !== name)}
            readOnly={readOnly}
            nested={nested}
            sample={sample?.[name]}
            onSample={
              onSample &&
              ((value) => {
                onSample(name, value);
              })
            }
            onChange={(changed) => {
              onChange({ ...variables, [name]: changed });
            }}
            onRename={(to) => {
              onChange(Object.fromEntries(entries.map(([one, what]) => [one === name ? to : one, what])), {
                from: name,
                to,
              });
            }}
            onRemove={() => {
              onChange(Object.fromEntries(entries.filter(([one]) => one !== name)));
            }}
          />
        ))}
      </ul>
      {!readOnly && (
        <Button
          size="xs"
          variant="default"
          w="fit-content"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={add}
        >
          {t(nested ? 'variables.addField' : 'variables.add')}
        </Button>
      )}
    </Stack>
  );
}
