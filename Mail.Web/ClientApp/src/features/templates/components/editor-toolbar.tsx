import { ActionIcon, Button, Group, Kbd, Menu, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { IconCopy, IconDeviceFloppy, IconDots, IconRocket, IconSend, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Template } from '../api/template';
import { DeleteTemplateDialog } from './delete-template-dialog';
import { PublishDialog } from './publish-dialog';
import { TestDialog } from './test-dialog';
import type { Preview } from './use-preview';
import type { DraftHandle } from './use-template-draft';

interface Props {
  address: string;
  template: Template;
  handle: DraftHandle;
  preview: Preview;
  locale: string;
  mayWrite: boolean;
  onSave: () => void;
}

export function EditorToolbar({ address, template, handle, preview, locale, mayWrite, onSave }: Props) {
  const { t } = useTranslation('templates');
  const [publishing, publication] = useDisclosure();
  const [testing, test] = useDisclosure();
  const [deleting, deletion] = useDisclosure();
  if (!mayWrite) return null;
  const held = handle.offer !== undefined;
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" c="dimmed" role="status">
        {handle.dirty ? t('unsaved') : t('allSaved')} <Kbd size="xs">{t('saveKeys')}</Kbd>
      </Text>
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<IconDeviceFloppy size={16} aria-hidden />}
          onClick={onSave}
          loading={handle.saving}
          disabled={!handle.dirty || held}
        >
          {t('save')}
        </Button>
        <Button
          leftSection={<IconRocket size={16} aria-hidden />}
          onClick={publication.open}
          disabled={held || template.experiment_id !== null}
        >
          {t('publish.open')}
        </Button>
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="default" size="lg" aria-label={t('more')}>
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconSend size={16} aria-hidden />} onClick={test.open} disabled={held}>
              {t('test.open')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconCopy size={16} aria-hidden />}
              renderRoot={(props) => <Link to="/templates/new" search={{ from: template.key }} {...props} />}
            >
              {t('duplicate')}
            </Menu.Item>
            <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={deletion.open}>
              {t('delete.open')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {publishing && (
        <PublishDialog address={address} handle={handle} preview={preview} onClose={publication.close} />
      )}
      {testing && <TestDialog address={address} handle={handle} locale={locale} onClose={test.close} />}
      {deleting && <DeleteTemplateDialog address={address} template={template} onClose={deletion.close} />}
    </Group>
  );
}
