export const authEn = {
  title: 'Sign in',
  subtitle: 'See every message, and why it is where it is.',
  email: 'Email address',
  password: 'Password',
  submit: 'Sign in',
  emailMissing: 'Enter your email address.',
  passwordMissing: 'Enter your password.',
  expired: 'Your session has ended. Sign in again and you are back where you were.',
  invalid_credentials: 'This email address and password do not belong together.',
  too_many_attempts: 'Too many attempts. Wait a few minutes, then try again.',
  failed: 'You could not be signed in',
  firstTime:
    'First time here? The address and password of the first administrator were printed when the system started.',
} as const;
