import { SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Project } from '../api/project';
import { SettingsForm } from './settings-form';

export function GeneralForm({ project }: { project: Project }) {
  const { t } = useTranslation('project');
  return (
    <SettingsForm
      title={t('general.title')}
      initial={{ name: project.name, locale: project.default_locale, region: project.region ?? '' }}
      bodyOf={({ name, locale, region }) => ({
        name,
        default_locale: locale.trim(),
        region: region.trim() === '' ? null : region.trim(),
      })}
    >
      {({ values, set, errorOf, readOnly }) => (
        <>
          <TextInput
            label={t('general.name')}
            maxLength={100}
            value={values.name}
            readOnly={readOnly}
            error={errorOf('name')}
            onChange={(event) => {
              set({ name: event.currentTarget.value });
            }}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label={t('general.locale')}
              description={t('general.localeHelp')}
              placeholder="fr"
              value={values.locale}
              readOnly={readOnly}
              error={errorOf('default_locale')}
              onChange={(event) => {
                set({ locale: event.currentTarget.value });
              }}
            />
            <TextInput
              label={t('general.region')}
              description={t('general.regionHelp')}
              placeholder="eu"
              value={values.region}
              readOnly={readOnly}
              error={errorOf('region')}
              onChange={(event) => {
                set({ region: event.currentTarget.value });
              }}
            />
          </SimpleGrid>
        </>
      )}
    </SettingsForm>
  );
}

/** What stands below a mail, where neither it nor its sender says so. */
export function FooterForm({ project }: { project: Project }) {
  const { t } = useTranslation('project');
  return (
    <SettingsForm
      title={t('footer.title')}
      help={t('footer.help')}
      initial={{
        company: project.company_name ?? '',
        address: project.postal_address ?? '',
        legal: project.legal_footer ?? '',
      }}
      bodyOf={({ company, address, legal }) => ({
        company_name: company,
        postal_address: address,
        legal_footer: legal,
      })}
    >
      {({ values, set, errorOf, readOnly }) => (
        <>
          <TextInput
            label={t('footer.company')}
            value={values.company}
            readOnly={readOnly}
            error={errorOf('company_name')}
            onChange={(event) => {
              set({ company: event.currentTarget.value });
            }}
          />
          <Textarea
            label={t('footer.address')}
            description={t('footer.addressHelp')}
            autosize
            minRows={2}
            value={values.address}
            readOnly={readOnly}
            error={errorOf('postal_address')}
            onChange={(event) => {
              set({ address: event.currentTarget.value });
            }}
          />
          <Textarea
            label={t('footer.legal')}
            description={t('footer.legalHelp')}
            autosize
            minRows={2}
            value={values.legal}
            readOnly={readOnly}
            error={errorOf('legal_footer')}
            onChange={(event) => {
              set({ legal: event.currentTarget.value });
            }}
          />
        </>
      )}
    </SettingsForm>
  );
}
