import type { WordsLike } from '@/shared/i18n/words';
import type { teamEn } from './en';

export const teamFr: WordsLike<typeof teamEn> = {
  title: 'Équipe',
  members: 'Membres',
  invitations: 'Invitations',
  noInvitations: 'Personne n’est invité en ce moment.',
  you: 'Vous',
  since: 'Membre depuis',
  roleOf: 'Rôle de {{email}}',
  roleChanged: '{{email}} a maintenant le rôle : {{role}}.',
  cancel: 'Annuler',
  twoFactor: { on: 'Connexion en deux étapes', off: 'Mot de passe seul' },
  invitedBy: 'par {{who}}',
  until: 'expire',
  sent: 'envoyée',
  state: { open: 'Ouverte', accepted: 'Acceptée', revoked: 'Retirée', expired: 'Expirée' },
  invite: {
    title: 'Inviter quelqu’un',
    email: 'Adresse e-mail',
    emailMissing: 'Saisissez une adresse e-mail.',
    role: 'Rôle',
    submit: 'Inviter',
    done: 'Une invitation est en route vers {{email}}. Son lien est valable sept jours.',
  },
  resend: {
    open: 'Renvoyer',
    openFor: 'Renvoyer l’invitation de {{email}}',
    done: 'Un nouveau lien est en route vers {{email}}. Le précédent n’est plus valable.',
  },
  revoke: {
    open: 'Retirer',
    openFor: 'Retirer l’invitation de {{email}}',
    done: 'L’invitation de {{email}} est retirée.',
  },
  remove: {
    open: 'Retirer',
    openFor: 'Retirer {{email}}',
    title: 'Retirer {{email}} ?',
    help: 'Cette personne est exclue dès son prochain clic. Les clés d’API qu’elle a créées appartiennent au projet et restent valables ; supprimez celles qu’elle connaît.',
    confirm: 'Retirer du projet',
    done: '{{email}} ne fait plus partie du projet.',
  },
  leave: {
    open: 'Quitter',
    title: 'Quitter « {{project}} » ?',
    help: 'Vous ne verrez plus rien de ce projet. Pour revenir, il faut une invitation.',
    confirm: 'Quitter le projet',
    done: 'Vous avez quitté « {{project}} ».',
  },
  refused: {
    last_owner: 'Un projet a besoin d’un propriétaire. Nommez d’abord quelqu’un d’autre.',
    owner_needed: 'Seul un propriétaire nomme, modifie, invite ou retire des propriétaires.',
    already_member: 'Cette personne est déjà membre.',
    already_invited: 'Cette personne a une invitation ouverte. Renvoyez-la, ou retirez-la d’abord.',
    too_many_invitations: 'Trop d’invitations sont ouvertes. Retirez-en une qui n’est pas utile.',
    rate_limit_exceeded: 'Trop d’invitations ont été envoyées aujourd’hui. Réessayez demain.',
    not_configured:
      'Cette installation ne peut pas encore envoyer d’invitations. Demandez à la personne qui la gère de définir EMAIL_FROM, BASE_URL et CONSOLE_URL.',
    invitation_used: 'Cette invitation a été acceptée entre-temps.',
    invitation_revoked: 'Cette invitation a été retirée entre-temps.',
  },
};
