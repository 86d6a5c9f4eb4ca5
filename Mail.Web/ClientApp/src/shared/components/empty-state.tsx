import { Center, Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  icon: ReactNode;
  title: string;
  help: string;
  children?: ReactNode;
}

/** Why there is nothing here, and what to do about it. */
export function EmptyState({ icon, title, help, children }: Props) {
  return (
    <Paper withBorder px="md" py={48}>
      <Center>
        <Stack align="center" gap="sm" maw={640} w="100%">
          <ThemeIcon variant="light" size={48} radius="xl" aria-hidden>
            {icon}
          </ThemeIcon>
          <Title order={2} size="h4" ta="center">
            {title}
          </Title>
          <Text c="dimmed" ta="center" size="sm">
            {help}
          </Text>
          {children}
        </Stack>
      </Center>
    </Paper>
  );
}
