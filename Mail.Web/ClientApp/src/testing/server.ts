import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { aSession } from './fixtures';

/** The API as the browser sees it. By default somebody is signed in; each test adds what its page asks for. */
export const server = setupServer(http.get('/api/auth/session', () => HttpResponse.json(aSession())));

export const failure = (statusCode: number, name: string, message = 'Said by the API.') =>
  HttpResponse.json({ statusCode, name, message }, { status: statusCode });
