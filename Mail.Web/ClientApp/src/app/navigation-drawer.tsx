import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Sidebar } from './sidebar';

/** The destinations, where they have no room beside the page. */
export default function NavigationDrawer({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={t('product')}
      size={280}
      hiddenFrom="md"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Sidebar onGone={onClose} />
    </Drawer>
  );
}
