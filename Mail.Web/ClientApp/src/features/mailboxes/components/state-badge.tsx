import { Badge } from '@mantine/core';
import type { Mailbox } from '../api/mailbox';
import { useWords } from './use-words';

const colors: Record<string, string> = {
  provisioning: 'blue',
  active: 'teal',
  suspended: 'orange',
  deleting: 'orange',
  deleted: 'gray',
  failed: 'red',
};

export function StateBadge({ mailbox }: { mailbox: Pick<Mailbox, 'status'> }) {
  const words = useWords();
  return (
    <Badge variant="light" color={colors[mailbox.status] ?? 'gray'} tt="none">
      {words.state(mailbox.status)}
    </Badge>
  );
}
