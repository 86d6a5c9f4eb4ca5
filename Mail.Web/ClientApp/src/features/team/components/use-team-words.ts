import { useTranslation } from 'react-i18next';
import { roles } from '@/shared/api/workplace';

const refusals = [
  'last_owner',
  'owner_needed',
  'already_member',
  'already_invited',
  'too_many_invitations',
  'rate_limit_exceeded',
  'not_configured',
  'invitation_used',
  'invitation_revoked',
] as const;

/** Roles and refusals in the language of the page. */
export function useTeamWords() {
  const { t } = useTranslation('team');
  const { t: common } = useTranslation();
  return {
    role: (name: string) => {
      const role = roles.find((one) => one === name);
      return role ? common(`shell.role.${role}`) : name;
    },
    refusal: (name: string) => {
      const known = refusals.find((one) => one === name);
      return known && t(`refused.${known}`);
    },
  };
}
