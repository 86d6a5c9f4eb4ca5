import { apiRoot } from '../api/client';

/** Through the console's own address: wherever this page was opened from, the code works from there too. */
export const apiAddress = () => window.location.origin + apiRoot;

/** The shortest mail that there is. */
export const firstEmail = {
  from: 'Acme <hello@example.com>',
  to: 'ada@example.com',
  subject: 'Hello',
  text: 'It works.',
};
