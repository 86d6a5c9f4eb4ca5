import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/shared/components/copy-button';
import classes from './sandbox.module.css';

/** The code, so large that it can be read across a desk, and copied with one click. */
export function CodePanel({ code }: { code: string }) {
  const { t } = useTranslation('sandbox');
  return (
    <div className={classes.codePanel}>
      <div>
        <Text size="xs" c="dimmed">
          {t('code')}
        </Text>
        <output className={classes.code} aria-label={t('code')}>
          {code}
        </output>
      </div>
      <CopyButton wide value={code} label={t('copyCode')} />
    </div>
  );
}
