import { getRouteApi } from '@tanstack/react-router';

const route = getRouteApi('/console/templates/$templateId');

export const tabs = ['design', 'texts', 'text', 'variables', 'settings'] as const;

export type Tab = (typeof tabs)[number];

/** How a design is written: as its source, or as it looks. */
export type Mode = 'code' | 'visual';

/** What of the editor is seen stands in the address: a colleague gets a link to the French mail on a phone in the dark. */
export function useEditorView(defaultLocale: string) {
  const {
    tab = 'design',
    mode = 'code',
    locale = defaultLocale,
    width = 'desktop',
    scheme = 'light',
  } = route.useSearch();
  const navigate = route.useNavigate();
  return {
    view: { tab, mode, locale, width, scheme },
    setView: (change: {
      tab?: Tab;
      mode?: Mode;
      locale?: string;
      width?: 'phone' | 'desktop' | 'text';
      scheme?: 'light' | 'dark';
    }) => void navigate({ search: (now) => ({ ...now, ...change }), replace: true, resetScroll: false }),
  };
}

export type EditorView = ReturnType<typeof useEditorView>;
