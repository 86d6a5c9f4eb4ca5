import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

/** Goes to the sign-in page, which leads back here. */
export function ToSignIn({ expired }: { expired: boolean }) {
  const router = useRouter();
  const left = useRef(false);

  useEffect(() => {
    // Once: while the router is on its way, the address already is the sign-in page's own.
    if (left.current) return;
    left.current = true;
    const here = router.state.location.href;
    void router.navigate({
      to: '/sign-in',
      search: { next: here === '/' ? undefined : here, reason: expired ? 'expired' : undefined },
      replace: true,
    });
  }, [router, expired]);

  return null;
}
