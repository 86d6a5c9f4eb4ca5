import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { EmptyState } from '@/shared/components/empty-state';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { listVersions, type Version } from '../api/list-versions';
import type { Template } from '../api/template';
import { TemplateFrame } from './template-frame';
import { VersionComparison } from './version-comparison';
import { VersionList } from './version-list';

const route = getRouteApi('/console/templates/$templateId/versions');

export function VersionsPage() {
  const { templateId } = route.useParams();
  return (
    <TemplateFrame address={templateId}>
      {(template) => <Versions address={templateId} template={template} />}
    </TemplateFrame>
  );
}

function Versions({ address, template }: { address: string; template: Template }) {
  const { t } = useTranslation('templates');
  const mayWrite = mayAs(useWorkplace()?.role, 'developer') && template.experiment_id === null;
  const versions = useQuery({ ...listVersions(address), enabled: !template.built_in });
  const { from, to, locale } = route.useSearch();
  const navigate = route.useNavigate();
  const list = versions.data?.data ?? [];
  const usual = usualPair(template, list);
  return (
    <>
      {versions.isLoading && <TableSkeleton rows={5} />}
      {versions.isError && (
        <ProblemPanel
          error={versions.error}
          onRetry={() => void versions.refetch()}
          retrying={versions.isFetching}
          background={versions.data !== undefined}
        />
      )}
      {(template.built_in || versions.data?.data.length === 0) && (
        <EmptyState
          icon={<IconHistory size={24} />}
          title={t('versions.none.title')}
          help={t('versions.none.help')}
        />
      )}
      {list.length > 0 && (
        <>
          <VersionList address={address} versions={list} mayWrite={mayWrite} />
          <VersionComparison
            address={address}
            template={template}
            versions={list}
            from={known(list, from) ?? usual.from}
            to={to === 'draft' ? undefined : (known(list, to) ?? usual.to)}
            locale={locale ?? template.default_locale}
            onChange={(change) =>
              void navigate({ search: { from, to, locale, ...change }, replace: true, resetScroll: false })
            }
          />
        </>
      )}
    </>
  );
}

const known = (versions: Version[], said: string | undefined) =>
  versions.find(({ version }) => String(version) === said)?.version;

/** What somebody most likely wants to see: what a publication would change, or what the last one has changed. */
function usualPair(template: Template, [newest, before]: Version[]) {
  if (template.has_changes)
    return { from: template.published_version ?? newest?.version ?? 1, to: undefined };
  return { from: before?.version ?? newest?.version ?? 1, to: newest?.version };
}
