import { ActionIcon, Checkbox, Group, Select, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Variable, variableTypes } from '../api/template';
import { withType, withWord } from '../model/variables';
import { SampleField } from './sample-field';
import { VariablesEditor } from './variables-editor';
import classes from './variables-editor.module.css';

interface Props {
  name: string;
  variable: Variable;
  taken: string[];
  readOnly: boolean;
  nested: boolean;
  sample: unknown;
  onSample?: (value: unknown) => void;
  onChange: (variable: Variable) => void;
  onRename: (name: string) => void;
  onRemove: () => void;
}

export function VariableRow(props: Props) {
  const { name, variable, readOnly, nested, sample, onSample, onChange, onRemove } = props;
  const { t } = useTranslation('templates');
  const isList = variable.type === 'list';
  const types = variableTypes.filter((type) => !nested || type !== 'list');
  return (
    <li className={classes.row} aria-label={name}>
      <div className={classes.grid}>
        <NameField key={name} {...props} />
        <Select
          size="xs"
          label={t('variables.type')}
          allowDeselect={false}
          readOnly={readOnly}
          data={types.map((type) => ({ value: type, label: t(`variables.types.${type}`) }))}
          value={variable.type}
          onChange={(type) => {
            if (type !== null && type !== variable.type) onChange(withType(variable, type));
          }}
        />
        {!readOnly && (
          <ActionIcon
            className={classes.remove}
            variant="subtle"
            color="gray"
            aria-label={t('variables.remove', { name })}
            onClick={onRemove}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        )}
      </div>
      <Group gap="md" my={8}>
        <Checkbox
          size="xs"
          label={t('variables.required')}
          checked={variable.required === true}
          disabled={readOnly}
          onChange={(event) => {
            const required = event.currentTarget.checked;
            onChange(
              withWord(required ? withWord(variable, 'default', undefined) : variable, 'required', required),
            );
          }}
        />
        {!nested && !isList && (
          <Checkbox
            size="xs"
            label={t('variables.secret')}
            checked={variable.secret === true}
            disabled={readOnly}
            onChange={(event) => {
              onChange(withWord(variable, 'secret', event.currentTarget.checked));
            }}
          />
        )}
      </Group>
      <div className={classes.values}>
        {!variable.required && !isList && (
          <SampleField
            size="xs"
            label={t('variables.default')}
            variable={{ type: variable.type }}
            value={variable.default}
            readOnly={readOnly}
            onChange={(value) => {
              onChange(withWord(variable, 'default', value));
            }}
          />
        )}
        {onSample && (
          <SampleField
            size="xs"
            label={t('variables.sample')}
            variable={{ type: variable.type }}
            value={sample}
            readOnly={readOnly}
            onChange={onSample}
          />
        )}
        {!nested && (
          <TextInput
            size="xs"
            label={t('variables.description')}
            readOnly={readOnly}
            value={variable.description ?? ''}
            onChange={(event) => {
              onChange(withWord(variable, 'description', event.currentTarget.value));
            }}
          />
        )}
      </div>
      {isList && (
        <div className={classes.fields}>
          <VariablesEditor
            nested
            variables={variable.fields ?? {}}
            readOnly={readOnly}
            onChange={(fields) => {
              onChange({ ...variable, fields });
            }}
          />
        </div>
      )}
    </li>
  );
}

/** Takes its effect when it is left: on the way to `name`, `na` may be another one's. */
function NameField({ name, taken, readOnly, onRename }: Props) {
  const { t } = useTranslation('templates');
  const [typed, setTyped] = useState(name);
  const problem = !/^[a-z]\w*$/i.test(typed)
    ? t('variables.nameWrong')
    : taken.includes(typed)
      ? t('variables.nameTaken')
      : undefined;
  const leave = () => {
    if (problem === undefined && typed !== name) onRename(typed);
  };
  return (
    <TextInput
      size="xs"
      label={t('variables.name')}
      readOnly={readOnly}
      value={typed}
      error={problem}
      spellCheck={false}
      onChange={(event) => {
        setTyped(event.currentTarget.value.trim());
      }}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === 'Enter') leave();
      }}
    />
  );
}
