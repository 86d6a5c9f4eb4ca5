import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { server } from './server';
import { api, apiUrl } from '@/shared/api/client';
import type { Misfit } from '@/shared/api/documented';

const notNull = z.object({ disabled_reason: z.string() });
const list = z.object({ data: z.array(z.object({ id: z.string() })) });

describe('a call', () => {
  it('fills in what stands in the path, as one part of it, and leaves out what is not asked for', async () => {
    let asked = '';
    server.use(
      http.get('/api/webhooks/:id/attempts', ({ request }) => {
        asked = request.url;
        return HttpResponse.json({ data: [] });
      }),
    );

    await api.get('/webhooks/{id}/attempts', {
      path: { id: 'a/b?c' },
      query: { limit: 5, status: undefined, after: '' },
      schema: list,
    });

    expect(new URL(asked).pathname + new URL(asked).search).toBe('/api/webhooks/a%2Fb%3Fc/attempts?limit=5');
    expect(apiUrl('/emails/{id}/html', { path: { id: 'm1' } })).toBe('/api/emails/m1/html');
  });

  it('does not compile when it is not what the document says', () => {
    const wrong = [
      // @ts-expect-error no such path
      () => api.get('/webhook', { schema: list }),
      // @ts-expect-error no such method
      () => api.put('/webhooks/{id}', { path: { id: '1' }, schema: list }),
      // @ts-expect-error what stands in the path is missing
      () => api.get('/webhooks/{id}', { schema: z.object({ id: z.string() }) }),
      // @ts-expect-error no such parameter
      () => api.get('/webhooks/{id}/attempts', { path: { id: '1' }, query: { pages: 1 }, schema: list }),
      // @ts-expect-error no such field in the body
      () => api.post('/webhooks', { body: { address: 'https://x' }, schema: z.object({ id: z.string() }) }),
      // @ts-expect-error no such field in the answer
      () => api.get('/webhooks', { schema: z.object({ data: z.array(z.object({ address: z.string() })) }) }),
      // @ts-expect-error the field may be null
      () => api.get('/webhooks/{id}', { path: { id: '1' }, schema: notNull }),
      // @ts-expect-error the field is a number
      () => api.get('/webhooks/{id}', { path: { id: '1' }, schema: z.object({ waiting: z.string() }) }),
    ];

    expect(wrong).toHaveLength(8); // the compiler has looked at them
  });

  it('names what does not fit', () => {
    const where: Misfit<{ data: { at: string | null }[] }, { data: { at: string }[] }> =
      'answer.data[].at may be null';
    const fits: [Misfit<{ state: string; more: number }, { state: 'a' | 'b' }>] extends [never]
      ? true
      : false = true;

    expect([where, fits]).toEqual(['answer.data[].at may be null', true]);
  });
});
