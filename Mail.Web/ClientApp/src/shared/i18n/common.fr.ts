import type { commonEn } from './common.en';
import type { WordsLike } from './words';

export const commonFr: WordsLike<typeof commonEn> = {
  product: 'Mail',
  skipToContent: 'Aller au contenu',
  loading: 'Chargement…',
  retry: 'Réessayer',
  close: 'Fermer',
  copy: 'Copier',
  copied: 'Copié',
  copyFailed:
    'Votre navigateur ne laisse pas cette page copier. Sélectionnez le texte et copiez-le à la main.',
  live: {
    on: 'En direct',
    off: 'Mise à jour interrompue',
    updated: 'Mis à jour {{when}}',
  },
  problem: {
    background: 'Ces données peuvent être périmées : la dernière mise à jour a échoué.',
    code: 'Erreur {{code}}',
    network_unreachable: {
      title: 'Pas de connexion au serveur',
      help: 'Vérifiez votre réseau. La page reprendra d’elle-même dès que le serveur répondra.',
    },
    api_unreachable: {
      title: 'L’API est injoignable',
      help: 'Elle démarre peut-être ou est en cours de mise à jour. Les messages déjà acceptés sont en sécurité. Réessayez dans un instant.',
    },
    api_timeout: {
      title: 'L’API a mis trop de temps à répondre',
      help: 'Elle est peut-être très sollicitée. Réessayez dans un instant.',
    },
    unexpected_answer: {
      title: 'La réponse n’a pas pu être comprise',
      help: 'La console et l’API sont peut-être de versions différentes. Rechargez la page ; si cela ne suffit pas, prévenez la personne qui gère cette installation.',
    },
    forbidden: {
      title: 'Vous n’avez pas accès à ceci',
      help: 'Votre rôle dans ce projet ne le permet pas. Adressez-vous à un propriétaire ou à un administrateur du projet.',
    },
    not_found: {
      title: 'Introuvable',
      help: 'L’élément a peut-être été supprimé, ou appartient à un projet que vous ne pouvez pas voir.',
    },
    too_many: {
      title: 'Trop de requêtes',
      help: 'Attendez un instant, puis réessayez.',
    },
    server: {
      title: 'Une erreur s’est produite sur le serveur',
      help: 'Rien de ce que vous avez saisi n’est perdu. Réessayez ; si l’erreur persiste, consultez le journal de l’API.',
    },
    other: {
      title: 'Cela n’a pas fonctionné',
      help: 'Réessayez ; si l’erreur persiste, prévenez la personne qui gère cette installation.',
    },
  },
  shell: {
    navigation: 'Navigation principale',
    messages: 'Messages',
    relays: 'Relais',
    domains: 'Expéditeurs',
    webhooks: 'Webhooks',
    alerts: 'Alertes',
    suppressions: 'Exclusions',
    privacy: 'Vie privée',
    language: 'Langue : {{name}}',
    colorScheme: 'Apparence',
    light: 'Clair',
    dark: 'Sombre',
    system: 'Comme le système',
    account: 'Compte de {{email}}',
    signedInAs: 'Connecté en tant que',
    signOut: 'Se déconnecter',
    signOutFailed: 'Vous êtes toujours connecté : {{reason}}',
    home: 'Mail : vers les messages',
    role: {
      owner: 'Propriétaire',
      admin: 'Administrateur',
      developer: 'Développeur',
      viewer: 'Lecteur',
    },
    noProject: 'Aucun projet',
  },
  notFound: {
    title: 'Cette page n’existe pas',
    help: 'L’adresse est peut-être mal saisie, ou la page a été déplacée.',
    home: 'Aller aux messages',
  },
};
