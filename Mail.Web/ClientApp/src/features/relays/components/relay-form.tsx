import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api/api-error';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { useSaveRelay } from '../api/change-relays';
import type { Kind, Preset } from '../api/list-relay-kinds';
import type { Relay } from '../api/relay';
import { bodyOf, fieldNamed, fieldsOf, newValues, type RelayValues, valuesOf } from './form-values';
import { RoutingFields } from './routing-fields';
import { SettingsFields } from './settings-fields';

interface Props {
  kind: Kind;
  preset: Preset | undefined;
  /** Absent for a new one. */
  relay?: Relay;
  onSaved: (relay: Relay) => void;
}

/** Made from what the API says of the kind. What the API refuses stands at the field that it names. */
export function RelayForm({ kind, preset, relay, onSaved }: Props) {
  const { t } = useTranslation('relays');
  const fields = fieldsOf(kind, preset);
  const [values, setValues] = useState<RelayValues>(() =>
    relay ? valuesOf(relay, fields) : newValues(kind, preset),
  );
  const [touched, setTouched] = useState(false);
  const [revision, setRevision] = useState(relay?.revision);
  // Changed elsewhere: what is stored now is shown, but never in place of what somebody is typing.
  if (relay && relay.revision !== revision && !touched) {
    setRevision(relay.revision);
    setValues(valuesOf(relay, fields));
  }
  const save = useSaveRelay(relay?.id);
  const refusal = save.error instanceof ApiError && isRefusal(save.error.statusCode) ? save.error : undefined;
  const wrong = refusal && fieldNamed(refusal.message);
  const form = {
    values,
    change: (change: Partial<RelayValues>) => {
      setTouched(true);
      setValues((before) => ({ ...before, ...change }));
    },
    errorOf: (field: string) => (wrong === field ? refusal?.message : undefined),
  };
  const send = (event?: SyntheticEvent) => {
    event?.preventDefault();
    save.mutate(bodyOf(values, { kind, preset, relay }), {
      onSuccess: (saved) => {
        setTouched(false);
        onSaved(saved);
      },
    });
  };

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {relay && touched && relay.revision !== revision && !save.isPending && (
          <Alert
            variant="light"
            color="orange"
            icon={<IconAlertTriangle aria-hidden />}
            title={t('changed.title')}
          >
            <Stack gap="xs" align="flex-start">
              {t('changed.help')}
              <Button
                variant="default"
                size="xs"
                onClick={() => {
                  setTouched(false);
                }}
              >
                {t('changed.load')}
              </Button>
            </Stack>
          </Alert>
        )}
        <SettingsFields form={form} fields={fields} preset={preset} relay={relay} />
        <RoutingFields form={form} />
        {refusal && (
          <Alert
            role="alert"
            variant="outline"
            color="red"
            icon={<IconAlertTriangle aria-hidden />}
            title={t('refused')}
            styles={{ title: { color: 'var(--mantine-color-text)' } }}
          >
            {refusal.message}
          </Alert>
        )}
        {save.error && !refusal && (
          <ProblemPanel error={save.error} onRetry={send} retrying={save.isPending} />
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {relay ? t('save') : t('create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const isRefusal = (status: number) => status === 401 || status === 404 || status === 409 || status === 422;
