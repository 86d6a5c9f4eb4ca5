import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ScrollRegion } from '@/shared/components/scroll-region';
import { Section } from '@/shared/components/section';
import type { Schema } from '../api/document';
import { example } from '../api/examples';
import type { Operation } from '../api/reference';
import { Fields } from './fields';
import classes from './reference.module.css';

const known = ['400', '401', '403', '404', '409', '410', '413', '422', '429', '502', '503'] as const;

/** What a success says, and what else may come. */
export function Answers({ operation, schemas }: { operation: Operation; schemas: Record<string, Schema> }) {
  const { t } = useTranslation('reference');
  const good = operation.answers.filter(({ status }) => status.startsWith('2'));
  const bad = operation.answers.filter(({ status }) => status >= '4');
  return (
    <>
      {good.map(({ status, schema }) => (
        <Section key={status} title={t('answer', { status })}>
          {schema ? (
            <Stack gap="md">
              <ScrollRegion label={t('answerExample')} maxHeight={320}>
                {JSON.stringify(example(schema, schemas), null, 2)}
              </ScrollRegion>
              <details className={classes.inner}>
                <summary>{t('answerFields')}</summary>
                <Fields schema={schema} schemas={schemas} />
              </details>
            </Stack>
          ) : (
            <Text size="sm">{t('noBody')}</Text>
          )}
        </Section>
      ))}
      {bad.length > 0 && (
        <Section title={t('errors')}>
          <Text size="sm" mb="sm">
            {t('errorsHelp')}
          </Text>
          <dl className={classes.errors}>
            {bad.map(({ status }) => (
              <div key={status} className={classes.errorLine}>
                <dt>
                  <code>{status}</code>
                </dt>
                <dd>
                  {known.some((one) => one === status) ? t(`error.${status as (typeof known)[number]}`) : ''}
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      )}
    </>
  );
}
