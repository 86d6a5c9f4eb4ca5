import { createTheme, type CSSVariablesResolver } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 7 },
  defaultRadius: 'md',
  fontFamily:
    'Inter, "Segoe UI Variable", "Segoe UI", system-ui, -apple-system, Roboto, "Helvetica Neue", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** Our own few colours beside Mantine's: the page's ground, insets, and a dimmed text that keeps a contrast of 4.5:1. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': '#596069',
    '--mantine-color-placeholder': '#6b727b',
    '--mail-ground': '#f7f8fa',
    '--mail-inset': '#f6f7f9',
    '--mail-hover': '#f3f4f8',
  },
  dark: {
    '--mantine-color-body': '#17191d',
    '--mantine-color-text': '#dfe2e7',
    '--mantine-color-dimmed': '#9aa1ab',
    '--mantine-color-placeholder': '#8b929c',
    '--mantine-color-default-border': '#2c3037',
    '--mail-ground': '#101215',
    '--mail-inset': '#121417',
    '--mail-hover': '#1e2126',
  },
});
