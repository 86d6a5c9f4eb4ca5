import { Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/shared/components/copy-button';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { ScrollRegion } from '@/shared/components/scroll-region';
import { useFormat } from '@/shared/format/use-format';
import { getPart, partUrl } from '../api/get-part';

interface Props {
  messageId: string;
  part: 'text' | 'raw';
  /** Whether long lines are wrapped at first. */
  wrap?: boolean;
}

/** Characters. A source with attachments can have millions, which no browser lays out quickly. */
const shownLimit = 200_000;

export function SourceView({ messageId, part, wrap: wrapAtFirst = false }: Props) {
  const { t } = useTranslation('messages');
  const { t: common } = useTranslation();
  const format = useFormat();
  const [wrap, setWrap] = useState(wrapAtFirst);
  const source = useQuery(getPart(messageId, part));

  if (source.isPending) {
    return (
      <Stack gap="sm" aria-hidden>
        <Skeleton height={16} />
        <Skeleton height={16} width="85%" />
        <Skeleton height={16} width="70%" />
      </Stack>
    );
  }
  if (source.isError) {
    return (
      <ProblemPanel error={source.error} onRetry={() => void source.refetch()} retrying={source.isFetching} />
    );
  }

  const cut = source.data.length > shownLimit;
  return (
    <>
      <Group justify="flex-end" gap="xs" mb="sm">
        <Button
          variant="default"
          size="xs"
          aria-pressed={wrap}
          onClick={() => {
            setWrap(!wrap);
          }}
        >
          {t('content.wrap')}
        </Button>
        <CopyButton wide value={source.data} label={common('copy')} />
        <Anchor
          href={partUrl(messageId, part)}
          download={`${messageId}.${part === 'raw' ? 'eml' : 'txt'}`}
          size="sm"
          ml="xs"
        >
          <Group component="span" gap={4}>
            <IconDownload size={14} aria-hidden />
            {t('content.download')}
          </Group>
        </Anchor>
      </Group>
      <ScrollRegion label={t(`content.${part}`)} wrap={wrap} maxHeight={640}>
        {cut ? source.data.slice(0, shownLimit) : source.data}
      </ScrollRegion>
      {cut && (
        <Text size="xs" c="dimmed" mt="xs">
          {t('content.cut', { size: format.bytes(shownLimit) })}
        </Text>
      )}
    </>
  );
}
