import type { WordsLike } from '@/shared/i18n/words';
import type { goLiveEn } from './en';

export const goLiveFr: WordsLike<typeof goLiveEn> = {
  title: 'Mise en service',
  help: 'Ce qui doit être en ordre avant que de vraies personnes reçoivent des messages, dans l’ordre où s’en occuper. Regarder ne change rien et n’envoie rien.',
  export: 'Exporter la configuration',
  again: 'Regarder de nouveau',
  ready: 'Tout est prêt pour de vrais messages.',
  open_one: '{{count}} point n’est pas prêt pour de vrais messages.',
  open_other: '{{count}} points ne sont pas prêts pour de vrais messages.',
  ok: 'En ordre',
  failed: 'À faire',
};
