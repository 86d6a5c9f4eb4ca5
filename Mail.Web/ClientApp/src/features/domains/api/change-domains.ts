import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/shared/api/client';
import { type Domain, domain, domainsKey } from './domain';

export function useAddDomain() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => api.post('/domains', { body: { name }, schema: domain }),
    onSettled: () => queries.invalidateQueries({ queryKey: [...domainsKey, 'list'] }),
  });
}

/** Every change answers with the domain as it is now. */
function useDomainCall(id: string, call: () => Promise<Domain>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: call,
    onSuccess: (changed) => {
      queries.setQueryData([...domainsKey, 'detail', id], changed);
      return queries.invalidateQueries({ queryKey: [...domainsKey, 'list'] });
    },
  });
}

export const useVerifyDomain = (id: string) =>
  useDomainCall(id, () => api.post('/domains/{id}/verify', { path: { id }, schema: domain }));

export const useRotateKey = (id: string) =>
  useDomainCall(id, () => api.post('/domains/{id}/rotate', { path: { id }, schema: domain }));

export const useToggleSubdomains = (id: string, include: boolean) =>
  useDomainCall(id, () =>
    api.patch('/domains/{id}', { path: { id }, body: { include_subdomains: include }, schema: domain }),
  );

export function useDeleteDomain(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete('/domains/{id}', { path: { id } }),
    onSuccess: () => {
      queries.removeQueries({ queryKey: [...domainsKey, 'detail', id] });
      return queries.invalidateQueries({ queryKey: [...domainsKey, 'list'] });
    },
  });
}
