import { ActionIcon, Button, Group, Tooltip } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconCopy,
  IconCornerLeftUp,
  IconPencil,
  IconTrash,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Component, Editor } from 'grapesjs';
import { useTranslation } from 'react-i18next';
import { isEditable, keptOf, move, neighbourOf } from './builder-parts';

/** What can be done with the chosen part without pulling it. */
export function BuilderActions({ editor, chosen }: { editor: Editor; chosen: Component }) {
  const { t } = useTranslation('templates');
  const parent = chosen.parent();
  const shift = (step: -1 | 1) => {
    move(chosen, step);
    editor.select(chosen); // the builder takes it out and puts it in again, and no longer has it chosen
  };
  const mayRemove = chosen.get('removable') !== false;
  return (
    <Group gap={6}>
      {isEditable(chosen) && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPencil size={14} aria-hidden />}
          onClick={() => {
            chosen.trigger('focus');
          }}
        >
          {t('visual.edit')}
        </Button>
      )}
      <Act
        icon={IconArrowUp}
        label={t('visual.up')}
        disabled={neighbourOf(chosen, -1) === undefined}
        onClick={() => {
          shift(-1);
        }}
      />
      <Act
        icon={IconArrowDown}
        label={t('visual.down')}
        disabled={neighbourOf(chosen, 1) === undefined}
        onClick={() => {
          shift(1);
        }}
      />
      <Act
        icon={IconCornerLeftUp}
        label={t('visual.around')}
        disabled={!parent || !keptOf(parent)}
        onClick={() => {
          editor.select(parent);
        }}
      />
      <Act
        icon={IconCopy}
        label={t('visual.double')}
        disabled={chosen.get('copyable') === false}
        onClick={() => {
          const [copy] = parent?.append(chosen.clone(), { at: chosen.index() + 1 }) ?? [];
          if (copy) editor.select(copy);
        }}
      />
      <Act
        icon={IconTrash}
        label={t('visual.remove')}
        disabled={!mayRemove}
        onClick={() => {
          chosen.remove();
          if (parent && keptOf(parent)) editor.select(parent);
        }}
      />
    </Group>
  );
}

interface ActProps {
  icon: TablerIcon;
  label: string;
  disabled: boolean;
  onClick: () => void;
}

function Act({ icon: Icon, label, disabled, onClick }: ActProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size={30} aria-label={label} disabled={disabled} onClick={onClick}>
        <Icon size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
