import { Alert, Badge, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/components/moment';
import { Section } from '@/shared/components/section';
import { type ArmResults, type Experiment, type Metric, metrics, type Results } from '../api/experiments';
import classes from './experiments.module.css';

/** What each arm came to, and what may be said of it beside the first: in the words of the API, and no more. */
export function ExperimentResults({ experiment }: { experiment: Experiment }) {
  const { t } = useTranslation('templates');
  const { results, results_at_end: atEnd, status } = experiment;
  if (status === 'draft' || !results) {
    return (
      <Section title={t('experiments.results')}>
        <Text size="sm" c="dimmed">
          {t('experiments.noResults')}
        </Text>
      </Section>
    );
  }
  // What was decided on stays, also when messages of then are no longer kept.
  const isOver = status === 'concluded' && atEnd !== null;
  return (
    <Section title={t(isOver ? 'experiments.resultsAtEnd' : 'experiments.results')}>
      <ResultTable results={isOver ? atEnd : results} />
    </Section>
  );
}

function ResultTable({ results }: { results: Results }) {
  const { t } = useTranslation('templates');
  return (
    <Stack gap="md">
      {results.warnings.map(({ code, message }) => (
        <Alert
          key={code}
          color={code === 'sample_ratio_mismatch' ? 'red' : 'yellow'}
          icon={<IconAlertTriangle aria-hidden />}
          styles={{ message: { color: 'var(--mantine-color-text)' } }}
        >
          {message}
        </Alert>
      ))}
      <div className={classes.results} role="region" aria-label={t('experiments.arms')} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('experiments.concludeArm')}</th>
              {metrics.map((metric) => (
                <th key={metric} scope="col">
                  {t(`experiments.metrics.${metric}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {results.arms.map((arm, index) => (
              <tr key={arm.name}>
                <th scope="row">
                  <ArmName arm={arm} isFirst={index === 0} />
                </th>
                {metrics.map((metric) => (
                  <td key={metric}>
                    <MetricCell metric={arm.metrics[metric]} confidence={results.confidence} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Text size="xs" c="dimmed">
        {t('experiments.resultsAt')} <Moment at={results.at} />
      </Text>
    </Stack>
  );
}

function ArmName({ arm, isFirst }: { arm: ArmResults; isFirst: boolean }) {
  const { t } = useTranslation('templates');
  return (
    <>
      {arm.name} · v{arm.version}
      <span className={classes.detail}>{t('experiments.recipients', { count: arm.counts.recipients })}</span>
      <span className={classes.detail}>{t('experiments.harm', arm.counts)}</span>
      {isFirst && <span className={classes.detail}>{t('experiments.first')}</span>}
    </>
  );
}

const verdicts = {
  higher: 'teal',
  lower: 'red',
  no_difference_shown: 'gray',
  not_enough_data: 'gray',
} as const;

const isVerdict = (verdict: string): verdict is keyof typeof verdicts => verdict in verdicts;

function MetricCell({ metric, confidence }: { metric: Metric | undefined; confidence: number }) {
  const { t, i18n } = useTranslation('templates');
  if (!metric) return '–';
  const percent = (share: number) =>
    new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
  const { comparison } = metric;
  return (
    <>
      <span className={classes.rate}>{metric.rate === null ? '–' : percent(metric.rate)}</span>
      <span className={classes.detail}>{t('experiments.of', { count: metric.count, of: metric.of })}</span>
      {metric.low !== null && metric.high !== null && (
        <span className={classes.detail}>
          {percent(metric.low)} – {percent(metric.high)}{' '}
          {t('experiments.interval', { confidence: percent(confidence) })}
        </span>
      )}
      {comparison && (
        <Badge
          variant="light"
          size="sm"
          tt="none"
          color={isVerdict(comparison.verdict) ? verdicts[comparison.verdict] : 'gray'}
        >
          {isVerdict(comparison.verdict)
            ? t(`experiments.verdict.${comparison.verdict}`)
            : comparison.verdict}
        </Badge>
      )}
      {comparison?.adjusted_p_value != null && (
        <span className={classes.detail}>
          {t('experiments.pValue', { p: comparison.adjusted_p_value.toPrecision(2) })}
        </span>
      )}
    </>
  );
}
