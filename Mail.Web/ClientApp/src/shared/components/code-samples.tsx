import { Group, NativeSelect, Stack } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { CopyButton } from './copy-button';
import { ScrollRegion } from './scroll-region';

export interface Sample {
  /** Of the language or tool, also where the choice is remembered: `curl`. */
  id: string;
  name: string;
  code: string;
}

interface Props {
  /** What the code does, read out. */
  label: string;
  samples: Sample[];
  maxHeight?: number;
}

/** The same in several languages. Who has chosen one sees it everywhere. */
export function CodeSamples({ label, samples, maxHeight }: Props) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useLocalStorage({ key: 'mail.sample', defaultValue: 'curl' });
  const shown = samples.find(({ id }) => id === wanted) ?? samples[0];
  if (!shown) return null;
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="xs">
        <NativeSelect
          size="xs"
          aria-label={t('sample.language')}
          value={shown.id}
          onChange={(event) => {
            setWanted(event.currentTarget.value);
          }}
          data={samples.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <CopyButton value={shown.code} label={t('sample.copy')} wide />
      </Group>
      <ScrollRegion label={`${label} (${shown.name})`} {...(maxHeight === undefined ? {} : { maxHeight })}>
        {shown.code}
      </ScrollRegion>
    </Stack>
  );
}
