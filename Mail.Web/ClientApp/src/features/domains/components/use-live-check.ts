import { useEffect, useEffectEvent } from 'react';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { useVerifyDomain } from '../api/change-domains';
import type { Domain } from '../api/domain';

const every = 30_000;

/** Looks into DNS again and again while a record that is needed is missing and the page is looked at. Says whether it does. */
export function useLiveCheck(domain: Domain): boolean {
  const mayCheck = mayAs(useWorkplace()?.role, 'developer');
  const verify = useVerifyDomain(domain.id);
  const missing =
    domain.status !== 'verified' ||
    domain.records?.some(
      ({ required, key, status }) => (required || key === 'next') && status !== 'verified',
    ) === true;
  const watching = mayCheck && missing;
  const look = useEffectEvent(() => {
    // A refusal says that it was checked a moment ago, by somebody else or the worker; what they found comes with the next look at the domain.
    if (document.visibilityState === 'visible' && !verify.isPending) verify.mutate();
  });
  useEffect(() => {
    if (!watching) return;
    const timer = setInterval(look, every);
    return () => {
      clearInterval(timer);
    };
  }, [watching]);
  return watching;
}
