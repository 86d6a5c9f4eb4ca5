import type { ReactNode } from 'react';
import classes from './scroll-region.module.css';

interface Props {
  /** Read out when the keyboard's focus comes here. */
  label: string;
  wrap?: boolean;
  maxHeight?: number;
  children: ReactNode;
}

/** Preformatted text that may be larger than its place: the keyboard can scroll it. */
export function ScrollRegion({ label, wrap = false, maxHeight, children }: Props) {
  return (
    <div role="region" aria-label={label} tabIndex={0} className={classes.region} style={{ maxHeight }}>
      <pre className={classes.text} data-wrap={wrap || undefined}>
        {children}
      </pre>
    </div>
  );
}
