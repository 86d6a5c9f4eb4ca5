import type { CampaignWish } from '../api/create-campaign';

/** The lines of text, by the names that the API gives them. */
export const lines = [
  'title',
  'company',
  'job',
  'target_url',
  'from',
  'reply_to',
  'locales',
  'time_zone',
] as const;

export type Line = (typeof lines)[number];

/** Amounts, in units that people think in. */
export const amounts = ['expires_in_minutes', 'remind_before_minutes', 'duration_minutes'] as const;

export type Amount = (typeof amounts)[number];

/** Minutes of one unit of the field: days, hours, minutes. */
const minutesOf: Record<Amount, number> = {
  expires_in_minutes: 24 * 60,
  remind_before_minutes: 60,
  duration_minutes: 1,
};

export interface FormValues {
  text: Record<Line, string>;
  /** Empty is none. */
  amount: Record<Amount, string | number>;
  message: string;
  mayRestart: boolean;
  trackOpens: boolean;
}

export const firstValues = (): FormValues => ({
  text: {
    title: '',
    company: '',
    job: '',
    target_url: '',
    from: '',
    reply_to: '',
    locales: '',
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  },
  amount: { expires_in_minutes: 7, remind_before_minutes: 24, duration_minutes: '' },
  message: '',
  mayRestart: true,
  trackOpens: false,
});

export function toWish({ text, amount, message, mayRestart, trackOpens }: FormValues): CampaignWish {
  const line = (name: Line) => text[name].trim() || undefined;
  const minutes = (name: Amount) =>
    amount[name] === '' ? undefined : Math.round(Number(amount[name]) * minutesOf[name]);
  return {
    title: text.title.trim(),
    target_url: text.target_url.trim(),
    company: line('company'),
    job: line('job'),
    from: line('from'),
    reply_to: line('reply_to'),
    locales: line('locales')
      ?.split(/[\s,;]+/)
      .filter(Boolean),
    time_zone: line('time_zone'),
    message: message.trim() || undefined,
    expires_in_minutes: minutes('expires_in_minutes'),
    remind_before_minutes: minutes('remind_before_minutes'),
    duration_minutes: minutes('duration_minutes'),
    may_restart: mayRestart,
    track_opens: trackOpens,
  };
}
