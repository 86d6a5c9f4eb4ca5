import { queryOptions } from '@tanstack/react-query';
import { untyped as api } from '@/shared/api/untyped';
import { listOf } from '@/shared/api/schemas';
import { templatesKey, type TemplateSummary, templateSummary } from './template';

const page = listOf(templateSummary);

/** All of them, page by page: there are a thousand at most, and whoever searches means all. */
export const listTemplates = () =>
  queryOptions({
    queryKey: [...templatesKey, 'list'],
    queryFn: async ({ signal }) => {
      const all: TemplateSummary[] = [];
      for (let more = true; more;) {
        const last = all.at(-1);
        const query = { limit: 100, after: last && (last.id ?? last.key) };
        const next = await api.get('/templates', { query, schema: page, signal });
        all.push(...next.data);
        more = next.has_more && next.data.length > 0;
      }
      return all;
    },
  });
