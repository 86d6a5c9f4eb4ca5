import { Fieldset, NumberInput, Select, SimpleGrid, Stack, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface Rule {
  metric: string;
  minimum_recipients: number;
  after_hours: number;
  otherwise: string;
}

const usual: Rule = { metric: 'clicked', minimum_recipients: 1000, after_hours: 24, otherwise: 'continue' };

interface Props {
  rule: Rule | undefined;
  onChange: (rule: Rule | undefined) => void;
  refused?: string;
}

/** How the winner is chosen without a person. */
export function RuleFields({ rule, onChange, refused }: Props) {
  const { t } = useTranslation('templates');
  const number = (value: string | number) => Math.max(1, Number(value) || 1);
  return (
    <Stack gap="sm">
      <Switch
        label={t('experiments.rule')}
        description={t('experiments.ruleHelp')}
        checked={rule !== undefined}
        onChange={(event) => {
          onChange(event.currentTarget.checked ? usual : undefined);
        }}
      />
      {rule && (
        <Fieldset legend={t('experiments.rule')}>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Select
              label={t('experiments.metric')}
              allowDeselect={false}
              data={(['opened', 'clicked', 'converted'] as const).map((metric) => ({
                value: metric,
                label: t(`experiments.metrics.${metric}`),
              }))}
              value={rule.metric}
              onChange={(metric) => {
                if (metric !== null) onChange({ ...rule, metric });
              }}
            />
            <Select
              label={t('experiments.otherwise')}
              allowDeselect={false}
              data={(['continue', 'stop'] as const).map((one) => ({
                value: one,
                label: t(`experiments.otherwises.${one}`),
              }))}
              value={rule.otherwise}
              onChange={(otherwise) => {
                if (otherwise !== null) onChange({ ...rule, otherwise });
              }}
            />
            <NumberInput
              label={t('experiments.minimum')}
              min={100}
              value={rule.minimum_recipients}
              onChange={(value) => {
                onChange({ ...rule, minimum_recipients: number(value) });
              }}
            />
            <NumberInput
              label={t('experiments.hours')}
              min={1}
              value={rule.after_hours}
              onChange={(value) => {
                onChange({ ...rule, after_hours: number(value) });
              }}
            />
          </SimpleGrid>
        </Fieldset>
      )}
      {refused !== undefined && (
        <Text size="sm" c="red" role="alert">
          {refused}
        </Text>
      )}
    </Stack>
  );
}
