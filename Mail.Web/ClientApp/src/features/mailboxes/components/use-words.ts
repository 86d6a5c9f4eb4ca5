import { useTranslation } from 'react-i18next';
import { states } from '../api/mailbox';

export const providers = ['local', 'sendgrid', 'ses', 'microsoft365', 'google'] as const;

export const actions = [
  'reserved',
  'create',
  'set_up_sending',
  'issue_credentials',
  'active',
  'suspend',
  'resume',
  'delete',
  'suspended',
  'deleting',
  'deleted',
  'failed',
  'suspend_asked',
  'resume_asked',
  'rotate_asked',
  'delete_asked',
  'credentials_shown',
  'given_up',
  'removed_again',
  'refused',
] as const;

export const outcomes = ['done', 'waits', 'refused'] as const;

/** The names that the API uses, in the words of the page; one of a later version stands as it is. */
export function useWords() {
  const { t } = useTranslation('mailboxes');
  const known = <T extends string>(all: readonly T[], name: string) => all.find((one) => one === name);
  return {
    provider: (name: string) => {
      const one = known(providers, name);
      return one ? t(`provider.${one}`) : name;
    },
    state: (name: string) => {
      const one = known(states, name);
      return one ? t(`state.${one}`) : name;
    },
    action: (name: string) => {
      const one = known(actions, name);
      return one ? t(`action.${one}`) : name;
    },
    outcome: (name: string) => {
      const one = known(outcomes, name);
      return one ? t(`outcome.${one}`) : name;
    },
  };
}
