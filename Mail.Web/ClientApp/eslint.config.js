import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

// Import zones. shared <- features <- app. Inside a feature, files name each other by relative paths that stay in it.
const zone = (message, regex) => ({
  'no-restricted-imports': ['error', { patterns: [{ regex, message }] }],
});

export default defineConfig(
  globalIgnores(['dist', 'node_modules', '**/*.gen.ts']),
  {
    files: ['**/*.{ts,tsx}'],
    extends: [
      js.configs.recommended,
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      reactHooks.configs.flat.recommended,
      jsxA11y.flatConfigs.strict,
    ],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A region that scrolls must take the keyboard's focus, or only a mouse can read it to the end.
      'jsx-a11y/no-noninteractive-tabindex': ['error', { tags: [], roles: ['tabpanel', 'region'] }],
    },
  },
  {
    files: ['src/shared/**'],
    rules: zone(
      'Shared code knows no feature and not the app.',
      '^@/(features|app|testing)/|/(features|app)/',
    ),
  },
  {
    files: ['src/features/**'],
    rules: zone(
      'A feature imports shared code (@/shared/...) and itself (./ or ../ within the feature).',
      '^@/(features|app|testing)/|^\\.\\./\\.\\./',
    ),
  },
  {
    // Page tests show the page as people get it: through the app's router, against a mocked API.
    files: ['src/features/**/*.test.{ts,tsx}'],
    rules: zone(
      'A test of a feature imports @/shared, @/testing and its own feature.',
      '^@/(features|app)/|^\\.\\./\\.\\./',
    ),
  },
);
