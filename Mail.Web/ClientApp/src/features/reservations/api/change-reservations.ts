import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/shared/api/client';
import { reservation } from './list-reservations';
import { offer, reservationsKey } from './offer';

export type Act = 'accept' | 'refuse' | 'remove' | 'cancel';

interface Decision {
  act: Act;
  /** Words for the other side, in the mail. */
  message?: string | undefined;
}

/** What driver or passenger do, done for them. */
export function useDecide(id: string) {
  return useReservationMutation(({ act, message }: Decision) =>
    api.post(`/reservations/{id}/${act}`, { path: { id }, body: { message }, schema: reservation }),
  );
}

/** The trip does not take place. */
export function useCancelOffer(id: string) {
  return useReservationMutation((message: string | undefined) =>
    api.post('/offers/{id}/cancel', { path: { id }, body: { message }, schema: offer }),
  );
}

// Also after a refusal: it says that something has changed meanwhile. Not waited for: what is read anew may take the
// button off the page before it has said what came of it.
function useReservationMutation<TInput, TOutput>(mutationFn: (input: TInput) => Promise<TOutput>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: reservationsKey });
    },
  });
}
