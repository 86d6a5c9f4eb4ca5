/**
 * The same mail as a reader in dark or in light mode sees it. A browser asks its own person which of the two it is; here the rules are
 * made to hold, or not to, whatever that is.
 */
export function inScheme(html: string, scheme: 'light' | 'dark'): string {
  return html.replace(/\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/gi, (_, asked: string) =>
    asked.toLowerCase() === scheme ? '(min-width: 0px)' : '(max-width: 0px)',
  );
}
