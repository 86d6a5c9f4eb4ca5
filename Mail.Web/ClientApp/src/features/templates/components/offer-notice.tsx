import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/components/moment';

interface Props {
  /** When it was typed. */
  at: string;
  onTake: () => void;
  onDiscard: () => void;
}

/** Typing of before that was never saved: somebody decides what becomes of it before anything else is typed. */
export function OfferNotice({ at, onTake, onDiscard }: Props) {
  const { t } = useTranslation('templates');
  return (
    <Alert
      color="yellow"
      icon={<IconHistory aria-hidden />}
      title={t('offer.title')}
      role="status"
      styles={{
        message: { color: 'var(--mantine-color-text)' },
        title: { color: 'var(--mantine-color-text)' },
      }}
    >
      <Stack gap="sm">
        <Text size="sm">
          {t('offer.help')} <Moment at={at} show="both" />
        </Text>
        <Group gap="sm">
          <Button size="xs" onClick={onTake}>
            {t('offer.take')}
          </Button>
          <Button size="xs" variant="default" onClick={onDiscard}>
            {t('offer.discard')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
