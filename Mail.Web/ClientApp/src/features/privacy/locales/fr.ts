import type { WordsLike } from '@/shared/i18n/words';
import type { privacyEn } from './en';

export const privacyFr: WordsLike<typeof privacyEn> = {
  title: 'Vie privée',
  help: 'Ce que ce projet sait d’une personne, d’après son adresse : pour le lui remettre à sa demande, ou pour l’oublier.',
  close: 'Fermer',
  cancel: 'Annuler',
  email: 'Adresse',
  emailHelp: 'L’adresse entière.',
  export: 'Exporter',
  erase: {
    open: 'Oublier cette personne',
    title: 'Oublier {{email}} ?',
    help: 'Ses messages, envoyés ou en attente, et tout ce qui mentionne l’adresse sont supprimés. Le courrier des autres leur reste, sans l’adresse. Personne ne peut revenir en arrière.',
    keep: 'Continuer à ne pas lui écrire',
    keepHelp:
      'Si elle s’est désabonnée, s’est plainte ou si l’adresse ne marche pas, cela reste connu, sans l’adresse. Sinon, les applications pourront de nouveau lui écrire.',
    confirm: 'Oublier',
    finished: 'Cette personne est oubliée.',
    in_progress: 'C’est commencé, et cela continue tout seul.',
  },
  past: {
    title: 'Oublis jusqu’ici',
    caption: 'Oublis, du plus récent au plus ancien',
    none: 'Personne n’a encore été oublié.',
    finished: 'Terminé',
    in_progress: 'En cours',
    rows: 'Lignes supprimées : {{removed}}. Gardées pour d’autres, sans l’adresse : {{cleaned}}.',
    kept: 'Toujours pas de courrier.',
    waiting_one: 'Attend {{count}} message à d’autres qui doit encore partir.',
    waiting_other: 'Attend {{count}} messages à d’autres qui doivent encore partir.',
  },
};
