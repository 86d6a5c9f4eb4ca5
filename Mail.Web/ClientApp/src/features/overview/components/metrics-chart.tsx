import '@mantine/charts/styles.css';

import { AreaChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import type { Metrics } from '../api/get-metrics';

/** The main module of its own chunk: loaded when there is something to draw. */
export default function MetricsChart({ metrics }: { metrics: Metrics }) {
  const { t, i18n } = useTranslation('overview');
  const when = new Intl.DateTimeFormat(
    i18n.resolvedLanguage,
    metrics.interval === 'hour' ? { hour: 'numeric', minute: '2-digit' } : { day: 'numeric', month: 'short' },
  );
  return (
    <AreaChart
      h={280}
      data={metrics.data.map(({ at, counts }) => ({ at: when.format(new Date(at)), ...counts }))}
      dataKey="at"
      curveType="monotone"
      withDots={false}
      fillOpacity={0.12}
      withLegend
      legendProps={{ verticalAlign: 'bottom', itemSorter: null }}
      areaChartProps={{ accessibilityLayer: false }} // the table beside it is what one hears
      valueFormatter={(value) => new Intl.NumberFormat(i18n.resolvedLanguage).format(value)}
      yAxisProps={{ allowDecimals: false, width: 48 }}
      areaProps={{ isAnimationActive: false }}
      series={[
        { name: 'sent', label: t('figure.sent'), color: 'indigo.6' },
        { name: 'delivered', label: t('figure.delivered'), color: 'teal.6' },
        { name: 'opened', label: t('figure.opened'), color: 'grape.6' },
        { name: 'bounced', label: t('figure.bounced'), color: 'red.6' },
      ]}
    />
  );
}
