import { Skeleton, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Holds the place of one part of a page that is on its way. @param height in pixels: about what comes, so that nothing below it moves */
export function BlockSkeleton({ height }: { height: number }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
      <Skeleton height={height} aria-hidden />
    </div>
  );
}
