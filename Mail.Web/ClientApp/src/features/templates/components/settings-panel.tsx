import { Select, Stack, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { listLayouts } from '../api/layouts';
import { fieldError } from '../model/field-error';
import type { PanelProps } from './panel';

const lanes = ['critical', 'normal', 'bulk'] as const;

/** What holds for the whole template. */
export function SettingsPanel({ draft, change, readOnly, error }: PanelProps) {
  const { t } = useTranslation('templates');
  const layouts = useQuery(listLayouts());
  const known = layouts.data?.data.map(({ key }) => key) ?? [];
  const none = '';
  return (
    <Stack gap="md">
      <TextInput
        label={t('settings.name')}
        required
        maxLength={100}
        readOnly={readOnly}
        value={draft.name}
        error={fieldError(error, 'name')}
        onChange={(event) => {
          change({ name: event.currentTarget.value });
        }}
      />
      <TextInput
        label={t('settings.defaultLocale')}
        description={t('settings.defaultLocaleHelp')}
        required
        readOnly={readOnly}
        value={draft.default_locale}
        error={fieldError(error, 'default_locale')}
        onChange={(event) => {
          change({ default_locale: event.currentTarget.value.trim() });
        }}
      />
      {layouts.isError && (
        <ProblemPanel
          error={layouts.error}
          onRetry={() => void layouts.refetch()}
          retrying={layouts.isFetching}
        />
      )}
      <Select
        label={t('settings.layout')}
        description={t('settings.layoutHelp')}
        allowDeselect={false}
        readOnly={readOnly}
        data={[
          { value: none, label: t('settings.noLayout') },
          ...new Set([...known, ...(draft.layout === null ? [] : [draft.layout])]),
        ]}
        value={draft.layout ?? none}
        error={fieldError(error, 'layout')}
        onChange={(layout) => {
          change({ layout: layout === null || layout === none ? null : layout });
        }}
      />
      <Select
        label={t('settings.lane')}
        description={t('settings.laneHelp')}
        allowDeselect={false}
        readOnly={readOnly}
        data={lanes.map((lane) => ({ value: lane, label: t(`settings.lanes.${lane}`) }))}
        value={draft.lane}
        onChange={(lane) => {
          if (lane !== null) change({ lane });
        }}
      />
      <Switch
        label={t('settings.unsubscribe')}
        description={t('settings.unsubscribeHelp')}
        disabled={readOnly}
        checked={draft.unsubscribe}
        onChange={(event) => {
          change({ unsubscribe: event.currentTarget.checked });
        }}
      />
      <Switch
        label={t('settings.tracking')}
        description={t('settings.trackingHelp')}
        disabled={readOnly}
        checked={draft.tracking}
        onChange={(event) => {
          change({ tracking: event.currentTarget.checked });
        }}
      />
    </Stack>
  );
}
