import { Center, VisuallyHidden } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';

/** A choice of a row of them, small; its words are for screen readers and on hover. */
export function IconChoice({ icon: Icon, text }: { icon: TablerIcon; text: string }) {
  return (
    <Center component="span" title={text}>
      <Icon size={16} aria-hidden />
      <VisuallyHidden>{text}</VisuallyHidden>
    </Center>
  );
}
