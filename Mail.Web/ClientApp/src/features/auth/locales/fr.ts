import type { WordsLike } from '@/shared/i18n/words';
import type { authEn } from './en';

export const authFr: WordsLike<typeof authEn> = {
  title: 'Connexion',
  subtitle: 'Voyez chaque message, et pourquoi il en est là.',
  email: 'Adresse e-mail',
  password: 'Mot de passe',
  submit: 'Se connecter',
  emailMissing: 'Saisissez votre adresse e-mail.',
  passwordMissing: 'Saisissez votre mot de passe.',
  expired: 'Votre session est terminée. Reconnectez-vous pour revenir où vous étiez.',
  invalid_credentials: 'Cette adresse e-mail et ce mot de passe ne correspondent pas.',
  too_many_attempts: 'Trop de tentatives. Attendez quelques minutes, puis réessayez.',
  failed: 'La connexion a échoué',
  firstTime:
    'Première visite ? L’adresse et le mot de passe du premier administrateur ont été affichés au démarrage du système.',
};
