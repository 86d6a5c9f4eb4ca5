import { queryOptions } from '@tanstack/react-query';
import { untyped as api } from '@/shared/api/untyped';
import { pathOf, template, templatesKey } from './template';

/** @param address its key or id */
export const getTemplate = (address: string) =>
  queryOptions({
    queryKey: [...templatesKey, 'detail', address],
    queryFn: ({ signal }) => api.get(pathOf(address), { schema: template, signal }),
  });
