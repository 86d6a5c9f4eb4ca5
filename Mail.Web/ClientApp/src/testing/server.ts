import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { anAlertList, aSession } from './fixtures';

/** The API as the browser sees it. By default somebody is signed in and nothing is wrong; each test adds what its page asks for. */
export const server = setupServer(
  http.get('/api/auth/session', () => HttpResponse.json(aSession())),
  http.get('/api/alerts', () => HttpResponse.json(anAlertList())),
);

export const failure = (statusCode: number, name: string, message = 'Said by the API.') =>
  HttpResponse.json({ statusCode, name, message }, { status: statusCode });
