import type { WordsLike } from '@/shared/i18n/words';
import type { alertsEn } from './en';

export const alertsFr: WordsLike<typeof alertsEn> = {
  title: 'Alertes',
  banner_one: '{{count}} alerte',
  banner_other: '{{count}} alertes',
  show: 'Afficher',
  open: 'En cours',
  over: 'Terminées',
  state: { open: 'En cours', acknowledged: 'Prise en compte', over: 'Terminée' },
  scope: 'Concerne toute l’installation',
  remedy: 'Que faire',
  reason: 'Ce qui a été répondu',
  since: 'Depuis',
  until: 'Jusqu’à',
  count: 'Combien de fois',
  told: 'Signalée par e-mail',
  notTold: 'Pas encore',
  acknowledge: 'J’en ai pris connaissance',
  acknowledged: 'Vous en entendrez à nouveau parler quand elle sera terminée.',
  notDone: 'L’alerte n’a pas pu être prise en compte : {{reason}}',
  empty: {
    title: 'Tout va bien',
    help: 'Les relais fonctionnent et les messages partent. Ce qui demande une personne apparaît ici et arrive par e-mail.',
  },
};
