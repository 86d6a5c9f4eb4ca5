import { ActionIcon, Button, Fieldset, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Version } from '../api/list-versions';
import classes from './experiments.module.css';

export interface Arm {
  name: string;
  version: number;
  weight: number;
}

interface Props {
  arms: Arm[];
  versions: Version[];
  onChange: (arms: Arm[]) => void;
  refused?: string;
}

const most = 8;

/** Which versions take part, and for how many of the recipients. */
export function ArmFields({ arms, versions, onChange, refused }: Props) {
  const { t } = useTranslation('templates');
  const total = arms.reduce((sum, { weight }) => sum + weight, 0);
  const change = (index: number, part: Partial<Arm>) => {
    onChange(arms.map((arm, at) => (at === index ? { ...arm, ...part } : arm)));
  };
  return (
    <Fieldset legend={t('experiments.arms')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('experiments.armsHelp')}
        </Text>
        {arms.map((arm, index) => {
          const number = index + 1;
          return (
            <div key={index} className={classes.arm}>
              <TextInput
                aria-label={t('experiments.arm', { number })}
                placeholder={t('experiments.armColumn.name')}
                value={arm.name}
                onChange={(event) => {
                  change(index, { name: event.currentTarget.value.trim() });
                }}
              />
              <Select
                aria-label={t('experiments.version', { number })}
                allowDeselect={false}
                data={versions.map(({ version }) => ({ value: String(version), label: `v${version}` }))}
                value={String(arm.version)}
                onChange={(version) => {
                  change(index, { version: Number(version) });
                }}
              />
              <NumberInput
                aria-label={t('experiments.weight', { number })}
                min={1}
                max={1000}
                value={arm.weight}
                onChange={(weight) => {
                  change(index, { weight: Math.max(1, Number(weight) || 1) });
                }}
              />
              <span className={classes.share}>{Math.round((arm.weight / total) * 100)} %</span>
              {arms.length > 2 && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="lg"
                  aria-label={t('experiments.removeArm', { number })}
                  onClick={() => {
                    onChange(arms.filter((_, at) => at !== index));
                  }}
                >
                  <IconTrash size={16} aria-hidden />
                </ActionIcon>
              )}
            </div>
          );
        })}
        {refused !== undefined && (
          <Text size="sm" c="red" role="alert">
            {refused}
          </Text>
        )}
        {arms.length < most && (
          <Button
            size="xs"
            variant="default"
            w="fit-content"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => {
              onChange([
                ...arms,
                { name: `arm${arms.length + 1}`, version: versions[0]?.version ?? 1, weight: 1 },
              ]);
            }}
          >
            {t('experiments.addArm')}
          </Button>
        )}
      </Stack>
    </Fieldset>
  );
}
