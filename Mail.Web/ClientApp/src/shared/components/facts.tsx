import type { ReactNode } from 'react';
import classes from './facts.module.css';

/** Names and values, side by side where there is room. */
export function Facts({
  label,
  compact = false,
  children,
}: {
  label?: string;
  compact?: boolean;
  children: ReactNode;
}) {
  return (
    <dl className={classes.facts} aria-label={label} data-compact={compact || undefined}>
      {children}
    </dl>
  );
}

export function Fact({
  name,
  wide = false,
  children,
}: {
  name: string;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={classes.fact} data-wide={wide || undefined}>
      <dt className={classes.name}>{name}</dt>
      <dd className={classes.value}>{children}</dd>
    </div>
  );
}
