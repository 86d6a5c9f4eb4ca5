/** The product's mark; beside its name, so hidden from screen readers. */
export function Brand({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <rect width="32" height="32" rx="8" fill="var(--mantine-primary-color-filled)" />
      <rect x="7" y="9.5" width="18" height="13" rx="2.6" fill="none" stroke="#fff" strokeWidth="2.4" />
      <path
        d="M8 11.5 16 17l8-5.5"
        fill="none"
        stroke="#fff"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
