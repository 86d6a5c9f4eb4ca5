import { Badge } from '@mantine/core';

const colours: Record<number, string> = { 2: 'teal', 3: 'blue', 4: 'orange', 5: 'red' };

/** The number says it; the colour only helps to find it. */
export function StatusBadge({ status }: { status: number }) {
  return (
    <Badge variant="light" color={colours[Math.floor(status / 100)] ?? 'gray'} tt="none" miw={48}>
      {status}
    </Badge>
  );
}
