import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** The greys of the dark scheme, from text (0) to the deepest ground (9). */
const dark: MantineColorsTuple = [
  '#dfe2e7',
  '#c0c5cd',
  '#9aa1ab',
  '#6d747f',
  '#30353d',
  '#272b32',
  '#1d2025',
  '#17191d',
  '#121417',
  '#0d0f11',
];

export const theme = createTheme({
  colors: { dark },
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 7 },
  defaultRadius: 'md',
  fontFamily:
    'Inter, "Segoe UI Variable", "Segoe UI", system-ui, -apple-system, Roboto, "Helvetica Neue", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.125rem', lineHeight: '1.4' },
      h3: { fontSize: '1rem', lineHeight: '1.5' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** Our own few colours beside Mantine's: the page's ground, insets, and text (dimmed, errors) that keeps a contrast of 4.5:1. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-text': '#14171c',
    '--mantine-color-dimmed': '#596069',
    '--mantine-color-placeholder': '#6b727b',
    '--mantine-color-error': '#c92a2a',
    '--mail-ground': '#f7f8fa',
    '--mail-inset': '#f6f7f9',
    '--mail-hover': '#f3f4f8',
  },
  dark: {
    '--mantine-color-dimmed': '#9aa1ab',
    '--mantine-color-placeholder': '#8b929c',
    '--mantine-color-error': '#ff8787',
    '--mail-ground': '#101215',
    '--mail-inset': '#121417',
    '--mail-hover': '#1d2025',
  },
});
