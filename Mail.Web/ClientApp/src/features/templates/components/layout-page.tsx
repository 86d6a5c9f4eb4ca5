import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { getLayout } from '../api/layouts';
import { BackToLayouts } from './back-links';
import { LayoutEditor } from './layout-editor';

const route = getRouteApi('/console/template-layouts/$layoutKey');

export function LayoutPage() {
  const { t } = useTranslation('templates');
  const { layoutKey } = route.useParams();
  const mayWrite = mayAs(useWorkplace()?.role, 'developer');
  const layout = useQuery({ ...getLayout(layoutKey), refetchOnWindowFocus: false });
  return (
    <Page title={layout.data?.key ?? t('layouts.one')} above={<BackToLayouts />}>
      {layout.isPending && <TableSkeleton rows={8} />}
      {layout.isError && (
        <ProblemPanel
          error={layout.error}
          onRetry={() => void layout.refetch()}
          retrying={layout.isFetching}
          background={layout.data !== undefined}
        />
      )}
      {layout.data && <LayoutEditor key={layoutKey} layout={layout.data} mayWrite={mayWrite} />}
    </Page>
  );
}
