import type { WordsLike } from '@/shared/i18n/words';
import type { projectEn } from './en';

export const projectFr: WordsLike<typeof projectEn> = {
  title: 'Réglages du projet',
  readOnly: 'Les propriétaires et administrateurs les changent.',
  save: 'Enregistrer',
  saved: 'Enregistré.',
  general: {
    title: 'Général',
    name: 'Nom',
    locale: 'Langue des messages',
    localeHelp: 'D’un modèle, quand ni l’appel ni le contact n’en nomme une : en, fr, fr-CA…',
    region: 'Région',
    regionHelp:
      'Où les relais doivent traiter les messages de ce projet, par exemple eu ; vide pour partout.',
  },
  footer: {
    title: 'Pied des messages',
    help: 'Figure sous les messages faits de modèles, quand ni le message ni son expéditeur ne disent autre chose.',
    company: 'Entreprise',
    address: 'Adresse postale',
    addressHelp: 'Plusieurs lignes ; la loi l’exige pour les lettres d’information dans de nombreux pays.',
    legal: 'Mention légale',
    legalHelp: 'Par exemple registre et dirigeants.',
  },
  alerts: {
    title: 'Alertes',
    emails: 'Adresses d’alerte',
    help: 'Qui est prévenu par e-mail quand un relais, un webhook ou un domaine a un souci. Vide : les propriétaires. Validez chacune avec Entrée.',
  },
  retention: {
    title: 'Durée de conservation',
    help: 'En jours, de 1 à 3 650. Rien n’est gardé plus longtemps que ne le dit le projet.',
    content: 'Corps et pièces jointes',
    contentHelp: 'Objet, adresses et états restent.',
    history: 'Messages et événements',
    historyHelp: 'Supprimés par mois entiers : au plus un mois de plus.',
    shorter: 'Ce qui est plus ancien sera supprimé définitivement peu après l’enregistrement.',
    also: 'Ce qui a ses propres durées',
    codes:
      'Les corps des codes disparaissent quelques secondes après que le sort du dernier destinataire est connu.',
    flows:
      'Demandes, rendez-vous et entretiens partent avec les messages et événements, comptés depuis leur fin.',
    dead: 'Les messages morts sont gardés 30 jours.',
    alerts: 'Les alertes sont gardées 90 jours après leur fin.',
    waiting: 'Ce qui attend encore n’est jamais supprimé, quel que soit son âge.',
  },
  tracking: {
    title: 'Suivi',
    help: 'Quand un message ne dit pas autre chose. Les codes et la sécurité des comptes ne sont jamais suivis.',
    opens: 'Enregistrer les ouvertures',
    clicks: 'Enregistrer les clics sur les liens',
  },
  security: {
    title: 'Connexion',
    help: 'Réglé par un propriétaire dont la double authentification est activée.',
    twoFactor: 'Les membres doivent se connecter avec un second facteur',
  },
};
