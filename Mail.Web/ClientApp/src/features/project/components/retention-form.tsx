import { List, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Project } from '../api/project';
import { SettingsForm } from './settings-form';

/** What is kept for how long, and what goes by itself. */
export function RetentionForm({ project }: { project: Project }) {
  const { t } = useTranslation('project');
  const days = (text: string) => (text.trim() === '' ? null : Number(text));
  return (
    <SettingsForm
      title={t('retention.title')}
      help={t('retention.help')}
      initial={{
        content: String(project.retention.content_days),
        history: String(project.retention.history_days),
      }}
      bodyOf={({ content, history }) => ({
        retention: { content_days: days(content), history_days: days(history) },
      })}
    >
      {({ values, set, errorOf, readOnly }) => (
        <>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              type="number"
              min={1}
              max={3650}
              label={t('retention.content')}
              description={t('retention.contentHelp')}
              value={values.content}
              readOnly={readOnly}
              error={errorOf('retention.content_days')}
              onChange={(event) => {
                set({ content: event.currentTarget.value });
              }}
            />
            <TextInput
              type="number"
              min={1}
              max={3650}
              label={t('retention.history')}
              description={t('retention.historyHelp')}
              value={values.history}
              readOnly={readOnly}
              error={errorOf('retention.history_days')}
              onChange={(event) => {
                set({ history: event.currentTarget.value });
              }}
            />
          </SimpleGrid>
          {Number(values.content) < project.retention.content_days ||
          Number(values.history) < project.retention.history_days ? (
            <Text size="sm" role="status">
              {t('retention.shorter')}
            </Text>
          ) : null}
          <Text size="sm" fw={600} component="h3">
            {t('retention.also')}
          </Text>
          <List size="sm" spacing={4}>
            {(['codes', 'flows', 'dead', 'alerts', 'waiting'] as const).map((one) => (
              <List.Item key={one}>{t(`retention.${one}`)}</List.Item>
            ))}
          </List>
        </>
      )}
    </SettingsForm>
  );
}
