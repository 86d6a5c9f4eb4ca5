import type { WordsLike } from '@/shared/i18n/words';
import type { appAccountsEn } from './en';

export const appAccountsFr: WordsLike<typeof appAccountsEn> = {
  title: 'Comptes d’applications',
  help: 'Pour une application qui a ses propres utilisateurs : codes pour un mot de passe oublié, « votre mot de passe a été changé », « nouvelle connexion ». L’application garde les utilisateurs et leurs mots de passe ; ce qu’elle doit faire lui est dit, signé.',
  settings: 'Réglages',
  field: {
    callback_url: 'Adresse de rappel',
    from: 'Expéditeur',
    app_name: 'Nom de l’application',
    app_url: 'Adresse de l’application',
    support_email: 'Adresse d’assistance',
    reset_url: 'Page du mot de passe oublié',
    lookup: 'Demander à l’application avant d’envoyer un code',
  },
  fieldHelp: {
    callback_url: 'Reçoit les nouveaux mots de passe et les « ce n’était pas moi ». Elle commence par https.',
    from: 'De qui viennent les messages. Sans lui, l’expéditeur de l’installation.',
    app_name: 'Figure dans les messages.',
    app_url: 'Où mènent les messages.',
    support_email: 'Où l’on trouve de l’aide.',
    reset_url: 'Où l’on choisit un autre mot de passe après « ce n’était pas moi ».',
    lookup:
      'L’application dit si elle connaît l’adresse, et dans quelle langue écrire. Celui qui demande un code n’en remarque rien.',
  },
  save: 'Enregistrer',
  saved: 'Enregistré.',
  readOnly: 'Les propriétaires et administrateurs changent ces réglages.',
  secret: {
    section: 'Secret de signature',
    about:
      'Votre application vérifie avec lui qu’un rappel vient d’ici. Un nouveau le remplace aussitôt ; l’ancien signe à côté pendant un jour.',
    old: 'L’ancien secret signe jusqu’au',
    rotate: 'Nouveau secret',
    title: 'Le secret de signature',
    help: 'Affiché cette seule fois. Placez-le là où votre application peut le lire.',
    copy: 'Copier le secret',
  },
  remove: {
    open: 'Retirer',
    title: 'Retirer les réglages ?',
    help: 'Plus aucun code n’est envoyé ni mot de passe changé, et les liens « ce n’était pas moi » déjà partis ne font plus rien.',
    keep: 'Les garder',
    confirm: 'Retirer les réglages',
    done: 'Les réglages sont retirés.',
  },
};
