import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/shared/api/client';
import { campaign, campaignsKey } from './campaign';

/** As POST /campaigns takes it; what is not given has the API's own default. */
export interface CampaignWish {
  title: string;
  target_url: string;
  job?: string | undefined;
  company?: string | undefined;
  from?: string | undefined;
  reply_to?: string | undefined;
  message?: string | undefined;
  time_zone?: string | undefined;
  locales?: string[] | undefined;
  expires_in_minutes?: number | undefined;
  remind_before_minutes?: number | undefined;
  duration_minutes?: number | undefined;
  may_restart: boolean;
  track_opens: boolean;
}

export function useCreateCampaign() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: CampaignWish) => api.post('/campaigns', { body, schema: campaign }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...campaignsKey, 'list'] }),
  });
}
