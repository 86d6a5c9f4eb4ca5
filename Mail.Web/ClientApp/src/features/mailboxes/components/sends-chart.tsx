import { useTranslation } from 'react-i18next';
import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Statistics } from '../api/get-statistics';
import classes from './figures.module.css';
import { useNumbers } from './use-numbers';

/** What was sent day by day. A picture for eyes: the table beside it says the same. Loaded on its own, hence the default. */
export default function SendsChart({ days }: { days: Statistics['days'] }) {
  const { t } = useTranslation('mailboxes');
  const { day, number } = useNumbers();
  const rows = days.map(({ date, sends }) => ({
    day: day(date),
    sent: Math.max(0, sends.sent - sends.bounced),
    lost: sends.refused + sends.bounced,
  }));
  return (
    <div className={classes.chart} aria-hidden>
      <ResponsiveContainer width="100%" height={260}>
        <BarChart data={rows} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--mantine-color-default-border)" />
          <XAxis dataKey="day" tickLine={false} axisLine={false} minTickGap={24} />
          <YAxis allowDecimals={false} tickLine={false} axisLine={false} width={44} tickFormatter={number} />
          <Tooltip cursor={{ fill: 'var(--mail-hover)' }} />
          <Legend />
          <Bar
            dataKey="sent"
            name={t('overview.reached')}
            stackId="sends"
            fill="var(--mail-chart-good)"
            isAnimationActive={false}
          />
          <Bar
            dataKey="lost"
            name={t('overview.lost')}
            stackId="sends"
            fill="var(--mail-chart-bad)"
            isAnimationActive={false}
          />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
