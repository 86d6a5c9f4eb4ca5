import { Badge } from '@mantine/core';

const colours: Record<string, string> = {
  GET: 'blue',
  POST: 'teal',
  PUT: 'orange',
  PATCH: 'orange',
  DELETE: 'red',
};

export function MethodBadge({ method }: { method: string }) {
  return (
    <Badge variant="light" color={colours[method] ?? 'gray'} miw={68} radius="sm">
      {method}
    </Badge>
  );
}
