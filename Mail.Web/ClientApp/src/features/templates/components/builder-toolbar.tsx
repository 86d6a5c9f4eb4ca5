import { ActionIcon, Button, Group, SegmentedControl, Tooltip } from '@mantine/core';
import {
  IconAlignLeft,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconColumns2,
  IconColumns3,
  IconDeviceDesktop,
  IconDeviceMobile,
  IconPhoto,
  IconRectangle,
  IconSeparatorHorizontal,
  IconSpacingVertical,
  IconSquare,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Editor } from 'grapesjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newParts } from '../model/mjml-parts';
import { type BlockName, blocks } from '../model/mjml-rules';
import { definitionOf, putIn } from './builder-parts';
import classes from './builder.module.css';
import { IconChoice } from './icon-choice';

const icons: Record<BlockName, TablerIcon> = {
  text: IconAlignLeft,
  button: IconRectangle,
  image: IconPhoto,
  divider: IconSeparatorHorizontal,
  spacer: IconSpacingVertical,
  oneColumn: IconSquare,
  twoColumns: IconColumns2,
  threeColumns: IconColumns3,
};

const names = Object.keys(blocks) as BlockName[];

const definitionsOf = (name: BlockName) => newParts(name).map((part) => definitionOf(part, 'mj-body'));

/** What can be put in, by a click behind what is chosen, or pulled to its place; undo; how wide the canvas is. */
export function BuilderToolbar({ editor }: { editor: Editor; turn: number }) {
  const { t } = useTranslation('templates');
  const [device, setDevice] = useState('desktop');
  const undo = editor.UndoManager;
  const put = (name: BlockName) => {
    const [definition] = definitionsOf(name);
    let made = definition && putIn(editor, definition);
    // Nowhere to stand yet: with a section around it.
    if (!made && definition) {
      const [section] = definitionsOf('oneColumn');
      const text = section && putIn(editor, section)?.find('[data-mail="mj-text"]')[0];
      if (text) [made] = text.replaceWith(definition);
    }
    if (made) editor.select(made, { scroll: true });
  };
  return (
    <div className={classes.toolbar}>
      <Group gap={6} role="group" aria-label={t('visual.put')}>
        {names.map((name) => {
          const Icon = icons[name];
          return (
            <Button
              key={name}
              size="xs"
              variant="default"
              draggable
              leftSection={<Icon size={14} aria-hidden />}
              onClick={() => {
                put(name);
              }}
              onDragStart={(event) => {
                event.dataTransfer.setData('text/plain', '');
                editor.Blocks.startDrag(
                  editor.Blocks.add(name, { label: name, content: definitionsOf(name) }),
                  event.nativeEvent,
                );
              }}
              onDragEnd={() => {
                editor.Blocks.endDrag(false);
              }}
            >
              {t(`visual.blocks.${name}`)}
            </Button>
          );
        })}
      </Group>
      <Group gap={6}>
        <Tooltip label={t('visual.undo')}>
          <ActionIcon
            variant="default"
            size={30}
            aria-label={t('visual.undo')}
            disabled={!undo.hasUndo()}
            onClick={() => {
              undo.undo();
            }}
          >
            <IconArrowBackUp size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('visual.redo')}>
          <ActionIcon
            variant="default"
            size={30}
            aria-label={t('visual.redo')}
            disabled={!undo.hasRedo()}
            onClick={() => {
              undo.redo();
            }}
          >
            <IconArrowForwardUp size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <SegmentedControl
          size="xs"
          aria-label={t('visual.width')}
          value={device}
          data={[
            { value: 'desktop', label: <IconChoice icon={IconDeviceDesktop} text={t('preview.desktop')} /> },
            { value: 'phone', label: <IconChoice icon={IconDeviceMobile} text={t('preview.phone')} /> },
          ]}
          onChange={(next) => {
            setDevice(next);
            editor.setDevice(next);
          }}
        />
      </Group>
    </div>
  );
}
