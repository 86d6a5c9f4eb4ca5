import { createMemoryHistory } from '@tanstack/react-router';
import { createAppRouter } from '@/app/router';

/** What stands in an address in place of a parameter. A route whose parameter is not here fails the tests of every page: add it. */
const parameters: Record<string, string> = {
  webhookId: 'wh1',
  offerId: 'of1',
  requestId: 'rq1',
  campaignId: 'ca1',
  candidateId: 'cd1',
  mailboxId: 'mb1',
  messageId: '019aa2f0-0000-7000-8000-000000000001',
  letterId: 'dl1',
  logId: 'lg1',
  operationId: 'post-emails',
  relayId: 'rl1',
  domainId: 'do1',
  templateId: 'password-reset',
  experimentId: 'ex1',
  layoutKey: '_mail',
};

/** Every page of the router, with an address that opens it: a new route is among them by itself. */
export function allPages() {
  const { routesById } = createAppRouter(createMemoryHistory());
  return Object.values<{ id: string; fullPath: string }>(routesById)
    .filter(({ id }) => id !== '__root__' && id !== '/console')
    .map(({ id, fullPath }) => ({ address: addressOf(fullPath), needsSession: id.startsWith('/console') }));
}

function addressOf(path: string) {
  return path.replace(/\$(\w+)/g, (_, name: string) => {
    const value = parameters[name];
    if (value === undefined) throw new Error(`${path}: no sample for $${name} in testing/pages.ts.`);
    return value;
  });
}
