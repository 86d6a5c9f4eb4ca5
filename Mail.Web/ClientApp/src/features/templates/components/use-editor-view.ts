import { getRouteApi } from '@tanstack/react-router';

const route = getRouteApi('/console/templates/$templateId');

export const tabs = ['design', 'texts', 'text', 'variables', 'settings'] as const;

export type Tab = (typeof tabs)[number];

/** What of the editor is seen stands in the address: a colleague gets a link to the French mail on a phone in the dark. */
export function useEditorView(defaultLocale: string) {
  const { tab = 'design', locale = defaultLocale, width = 'desktop', scheme = 'light' } = route.useSearch();
  const navigate = route.useNavigate();
  return {
    view: { tab, locale, width, scheme },
    setView: (change: {
      tab?: Tab;
      locale?: string;
      width?: 'phone' | 'desktop' | 'text';
      scheme?: 'light' | 'dark';
    }) => void navigate({ search: (now) => ({ ...now, ...change }), replace: true, resetScroll: false }),
  };
}

export type EditorView = ReturnType<typeof useEditorView>;
