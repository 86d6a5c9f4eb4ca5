import { Button, Fieldset, Group, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api/api-error';
import { Refused } from '@/shared/components/refused';
import { type RelayLimits, useChangeLimits } from '../api/limits';
import { DomainLines } from './domain-lines';
import { bodyOf, type LimitValues, valuesOf } from './limit-values';

export interface LimitForm {
  values: LimitValues;
  change: (change: Partial<LimitValues>) => void;
  /** The API's own words at the field that they name. */
  errorOf: (field: string) => string | undefined;
}

export function LimitsForm({ relay, onClose }: { relay: RelayLimits; onClose: () => void }) {
  const { t } = useTranslation('limits');
  const [read] = useState(relay); // it is refreshed behind the form: what was typed is a change of what was read
  const [values, setValues] = useState(() => valuesOf(read, new Date().toISOString().slice(0, 10)));
  const save = useChangeLimits(relay.id);
  const refusal =
    save.error instanceof ApiError && save.error.statusCode === 422 ? save.error.message : undefined;
  const wrong = refusal && /^(?:Missing )?`([^`]+)`/.exec(refusal)?.[1];
  const form: LimitForm = {
    values,
    change: (change) => {
      setValues((before) => ({ ...before, ...change }));
    },
    errorOf: (field) => (wrong === field ? refusal : undefined),
  };
  const send = (event?: SyntheticEvent) => {
    event?.preventDefault();
    save.mutate(bodyOf(values, read.revision), {
      onSuccess: () => {
        notifications.show({ message: t('saved') });
        onClose();
      },
    });
  };
  return (
    <form onSubmit={send} noValidate aria-label={t('changeOf', { name: relay.name })}>
      <Stack gap="md">
        <Fieldset legend={t('whole')}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <NumberField
              form={form}
              field="rate"
              name="rate_per_second"
              label={t('rate')}
              help={t('rateHelp')}
            />
            <NumberField
              form={form}
              field="connections"
              name="max_connections"
              label={t('connections')}
              help={t('connectionsHelp')}
            />
            <NumberField form={form} field="day" name="day_quota" label={t('day')} help={t('quotaHelp')} />
            <NumberField
              form={form}
              field="month"
              name="month_quota"
              label={t('monthQuota')}
              help={t('quotaHelp')}
            />
          </SimpleGrid>
        </Fieldset>
        <DomainLines form={form} />
        <Fieldset legend={t('warmUp.title')}>
          <Switch
            label={t('warmUp.on')}
            description={t('warmUp.help')}
            checked={values.warming}
            onChange={(event) => {
              form.change({ warming: event.currentTarget.checked });
            }}
          />
          {values.warming && (
            <SimpleGrid cols={{ base: 1, sm: 2 }} mt="md">
              <TextInput
                type="date"
                label={t('warmUp.startsOn')}
                value={values.startsOn}
                error={form.errorOf('warm_up.starts_on')}
                onChange={(event) => {
                  form.change({ startsOn: event.currentTarget.value });
                }}
              />
              <NumberField
                form={form}
                field="firstDay"
                name="warm_up.first_day"
                label={t('warmUp.firstDay')}
              />
              <NumberField
                form={form}
                field="growth"
                name="warm_up.growth"
                label={t('warmUp.growth')}
                help={t('warmUp.growthHelp')}
              />
              <NumberField
                form={form}
                field="ceiling"
                name="warm_up.ceiling"
                label={t('warmUp.ceiling')}
                help={t('warmUp.ceilingHelp')}
              />
            </SimpleGrid>
          )}
        </Fieldset>
        {save.error && <Refused error={save.error} onRetry={send} retrying={save.isPending} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type NumberName = 'rate' | 'connections' | 'day' | 'month' | 'firstDay' | 'growth' | 'ceiling';

interface NumberProps {
  form: LimitForm;
  field: NumberName;
  /** As the API calls it. */
  name: string;
  label: string;
  help?: string;
}

function NumberField({ form, field, name, label, help }: NumberProps) {
  return (
    <TextInput
      type="number"
      min={0}
      step={field === 'rate' || field === 'growth' ? 'any' : 1}
      label={label}
      description={help}
      error={form.errorOf(name)}
      value={form.values[field]}
      onChange={(event) => {
        form.change({ [field]: event.currentTarget.value });
      }}
    />
  );
}
