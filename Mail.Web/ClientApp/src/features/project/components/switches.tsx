import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Project } from '../api/project';
import { SettingsForm } from './settings-form';

/** Whether opens and clicks are recorded where a message does not say. */
export function TrackingForm({ project }: { project: Project }) {
  const { t } = useTranslation('project');
  return (
    <SettingsForm
      title={t('tracking.title')}
      help={t('tracking.help')}
      initial={project.tracking}
      bodyOf={(tracking) => ({ tracking })}
    >
      {({ values, set, errorOf, readOnly }) => (
        <>
          {(['opens', 'clicks'] as const).map((what) => (
            <Switch
              key={what}
              label={t(`tracking.${what}`)}
              checked={values[what]}
              disabled={readOnly}
              error={what === 'clicks' ? errorOf('tracking') : undefined}
              onChange={(event) => {
                set({ [what]: event.currentTarget.checked });
              }}
            />
          ))}
        </>
      )}
    </SettingsForm>
  );
}

/** By an owner, who has two-factor sign-in themselves. */
export function SecurityForm({ project }: { project: Project }) {
  const { t } = useTranslation('project');
  return (
    <SettingsForm
      title={t('security.title')}
      help={t('security.help')}
      least="owner"
      initial={{ demanded: project.require_two_factor }}
      bodyOf={({ demanded }) => ({ require_two_factor: demanded })}
    >
      {({ values, set, errorOf, readOnly }) => (
        <Switch
          label={t('security.twoFactor')}
          checked={values.demanded}
          disabled={readOnly}
          error={errorOf('require_two_factor')}
          onChange={(event) => {
            set({ demanded: event.currentTarget.checked });
          }}
        />
      )}
    </SettingsForm>
  );
}
