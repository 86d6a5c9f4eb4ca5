import { useTranslation } from 'react-i18next';

const names = [
  'no_seats',
  'expired',
  'already_accepted',
  'already_refused',
  'already_cancelled',
  'already_removed',
  'not_accepted',
  'offer_cancelled',
  'departed',
] as const;

/** What stands in the way, in the console's words. */
export function useProblemWords() {
  const { t } = useTranslation('reservations');
  return (name: string) => {
    const known = names.find((one) => one === name);
    return known && t(`problem.${known}`);
  };
}
