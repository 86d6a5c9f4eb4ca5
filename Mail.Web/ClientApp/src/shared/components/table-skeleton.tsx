import { Paper, Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Holds the place of rows that are on their way. */
export function TableSkeleton({ rows }: { rows: number }) {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="md" role="status">
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
      <Stack gap="md" aria-hidden>
        {Array.from({ length: rows }, (_, row) => (
          <Skeleton key={row} height={20} radius="sm" width={`${100 - ((row * 7) % 22)}%`} />
        ))}
      </Stack>
    </Paper>
  );
}
