import type { WordsLike } from '@/shared/i18n/words';
import type { logsEn } from './en';

export const logsFr: WordsLike<typeof logsEn> = {
  title: 'Journal des requêtes',
  one: 'Requête',
  help: 'Ce que vos clés d’API ont appelé par HTTP et SMTP ces derniers jours, en direct. Ni les contenus ni les adresses des personnes ne sont conservés.',
  filters: 'Filtrer le journal',
  all: 'Tout',
  path: 'Chemin',
  status: 'Statut',
  statuses: { '2xx': '2xx : fait', '4xx': '4xx : refusé', '5xx': '5xx : notre faute' },
  method: 'Méthode',
  key: 'Clé d’API',
  since: 'Du',
  until: 'Au',
  test: 'Test',
  goneKey: 'Une clé disparue',
  pages: 'Pages',
  newest: 'Les plus récentes',
  older: 'Plus anciennes',
  empty: {
    title: 'Aucune clé n’a encore appelé',
    help: 'Créez une clé d’API et envoyez un premier message : l’appel apparaît ici aussitôt.',
    sample: 'Un premier message',
  },
  noMatch: {
    title: 'Rien ne correspond',
    help: 'Aucun appel de ce genre n’a été fait, ou il est plus ancien que le journal conservé.',
    all: 'Tout afficher',
  },
  back: 'Toutes les requêtes',
  call: 'L’appel',
  time: 'Quand',
  error: 'Erreur',
  took: 'Durée',
  from: 'Adresse d’origine',
  agent: 'Application',
  onlyKey: 'Seulement les appels de cette clé',
  requestId: 'ID de requête (X-Request-Id de la réponse)',
  copyId: 'Copier l’ID de requête',
  traceId: 'ID de trace',
  copyTrace: 'Copier l’ID de trace',
  messages_one: 'Message',

  messages_other: 'Messages',
  notKept:
    'Ce qui a été envoyé et répondu n’est pas conservé ici, ni ce que contenait la requête. La page d’un message montre son contenu.',
};
