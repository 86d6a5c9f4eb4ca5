import type { WordsLike } from '@/shared/i18n/words';
import type { usageEn } from './en';

export const usageFr: WordsLike<typeof usageEn> = {
  title: 'Consommation',
  help: 'Les messages réels par jour d’acceptation (UTC), comptés d’après ce qui en est gardé : ce que la conservation a supprimé n’y est plus, exportez donc à temps. Les messages des clés de test ne comptent pas.',
  export: 'Exporter en CSV',
  by: 'Par jour ou par mois',
  day: 'Jour',
  month: 'Mois',
  since: 'Du',
  until: 'Au',
  split: 'En parts',
  splits: {
    none: 'Tout ensemble',
    lane: 'Par file',
    tag: 'Par étiquette',
    domain: 'Par domaine d’expéditeur',
    key: 'Par clé API',
  },
  part: 'Part',
  noPart: 'Sans',
  messages: 'Messages',
  recipients: 'Destinataires',
  sent: 'Envoyés',
  bounced: 'Rejetés',
  other: 'Autres',
  waiting: 'En attente',
  sum: 'Ensemble',
  more: 'Il y a plus de lignes que celles affichées. Choisissez moins de jours.',
  empty: {
    title: 'Rien n’a été envoyé pendant ce temps',
    help: 'Choisissez d’autres jours. Sans choix, les 30 derniers sont affichés.',
  },
};
