import { TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Project } from '../api/project';
import { SettingsForm } from './settings-form';

/** Who is told by mail when something is in trouble. */
export function AlertsForm({ project }: { project: Project }) {
  const { t } = useTranslation('project');
  return (
    <SettingsForm
      title={t('alerts.title')}
      initial={{ emails: project.alert_emails }}
      bodyOf={({ emails }) => ({ alert_emails: emails })}
    >
      {({ values, set, errorOf, readOnly }) => (
        <TagsInput
          label={t('alerts.emails')}
          description={t('alerts.help')}
          placeholder={values.emails.length === 0 ? 'ops@example.com' : undefined}
          maxTags={20}
          acceptValueOnBlur
          value={values.emails}
          readOnly={readOnly}
          error={errorOf('alert_emails')}
          onChange={(emails) => {
            set({ emails });
          }}
        />
      )}
    </SettingsForm>
  );
}
