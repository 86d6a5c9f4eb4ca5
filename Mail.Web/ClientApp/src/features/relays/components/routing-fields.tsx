import { Checkbox, Fieldset, Group, SimpleGrid, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { lanes } from '../api/relay';
import type { Form } from './settings-fields';

/** Which messages it carries, in which order, and how many at most. */
export function RoutingFields({ form }: { form: Form }) {
  const { t } = useTranslation('relays');
  const { values, change, errorOf } = form;
  return (
    <>
      <Fieldset legend={t('routing')}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NumberField form={form} field="priority" name="priority" />
          <NumberField form={form} field="weight" name="weight" />
        </SimpleGrid>
        <Checkbox.Group
          mt="md"
          label={t('lanes')}
          description={t('lanesHelp')}
          error={errorOf('lanes')}
          value={values.lanes}
          onChange={(chosen) => {
            change({ lanes: chosen });
          }}
        >
          <Group mt="xs">
            {lanes.map((lane) => (
              <Checkbox key={lane} value={lane} label={t(`lane.${lane}`)} />
            ))}
          </Group>
        </Checkbox.Group>
        <TagsInput
          mt="md"
          label={t('senders')}
          description={t('sendersHelp')}
          placeholder={values.senders.length === 0 ? 'example.com' : undefined}
          error={errorOf('senders')}
          value={values.senders}
          onChange={(senders) => {
            change({ senders });
          }}
        />
        <TextInput
          mt="md"
          label={t('region')}
          description={t('regionHelp')}
          placeholder="eu"
          error={errorOf('region')}
          value={values.region}
          onChange={(event) => {
            change({ region: event.currentTarget.value });
          }}
        />
      </Fieldset>
      <Fieldset legend={t('limits')}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NumberField form={form} field="dayQuota" name="day_quota" />
          <NumberField form={form} field="monthQuota" name="month_quota" />
          <NumberField form={form} field="ratePerSecond" name="rate_per_second" />
          <NumberField form={form} field="maxConnections" name="max_connections" />
        </SimpleGrid>
      </Fieldset>
    </>
  );
}

type NumberName = 'priority' | 'weight' | 'dayQuota' | 'monthQuota' | 'ratePerSecond' | 'maxConnections';

function NumberField({ form, field, name }: { form: Form; field: NumberName; name: string }) {
  const { t } = useTranslation('relays');
  return (
    <TextInput
      type="number"
      min={0}
      step={field === 'ratePerSecond' ? 'any' : 1}
      label={t(field)}
      description={t(`${field}Help`)}
      error={form.errorOf(name)}
      value={form.values[field]}
      onChange={(event) => {
        form.change({ [field]: event.currentTarget.value });
      }}
    />
  );
}
