import { Center, Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Brand } from '@/shared/components/brand';
import { ColorSchemeMenu } from '@/shared/components/color-scheme-menu';
import { LanguageMenu } from '@/shared/components/language-menu';
import { Page } from '@/shared/components/page';

interface Props {
  title: string;
  subtitle?: string;
  /** Between the heading and the form. */
  notice?: ReactNode;
  /** Below the form. */
  footer?: ReactNode;
  children: ReactNode;
}

/** The frame of the pages for people who are not signed in. */
export function AuthFrame({ title, subtitle, notice, footer, children }: Props) {
  return (
    <Center component="main" mih="100dvh" p="md" pos="relative">
      <Group gap={4} pos="absolute" top={12} right={12}>
        <LanguageMenu />
        <ColorSchemeMenu />
      </Group>
      <Stack w="100%" maw={400} gap="lg">
        <Brand size={40} />
        <Page title={title}>
          {subtitle && (
            <Text c="dimmed" mt={-16}>
              {subtitle}
            </Text>
          )}
          {notice}
          <Paper withBorder p="lg">
            {children}
          </Paper>
          {footer}
        </Page>
      </Stack>
    </Center>
  );
}
