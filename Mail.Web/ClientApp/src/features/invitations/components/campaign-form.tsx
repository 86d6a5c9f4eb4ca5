import { Button, Group, NumberInput, SimpleGrid, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '@/shared/components/refused';
import type { CampaignWish } from '../api/create-campaign';
import { fieldProblem } from '../api/field-problem';
import { amounts, firstValues, type FormValues, type Line, lines, toWish } from './form-values';

interface Props {
  pending: boolean;
  error: Error | null;
  onSubmit: (wish: CampaignWish) => void;
}

const placeholders: Partial<Record<Line, string>> = {
  target_url: 'https://jobs.example.com/interview',
  from: 'Northwind <jobs@example.com>',
  reply_to: 'people@example.com',
  locales: 'fr, en',
  time_zone: 'Europe/Paris',
};

const types: Partial<Record<Line, string>> = { target_url: 'url', reply_to: 'email' };

/** What is wrong stands beside the field that the API names. */
export function CampaignForm({ pending, error, onSubmit }: Props) {
  const { t } = useTranslation('invitations');
  const [values, setValues] = useState<FormValues>(firstValues);
  const problem = fieldProblem(error, [...lines, ...amounts, 'message']);
  const problemAt = (name: string) => (problem?.field === name ? problem.message : undefined);
  const send = (event?: SyntheticEvent) => {
    event?.preventDefault();
    onSubmit(toWish(values));
  };
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          {lines.map((name) => (
            <TextInput
              key={name}
              label={t(`field.${name}`)}
              description={t(`fieldHelp.${name}`)}
              placeholder={placeholders[name]}
              type={types[name] ?? 'text'}
              required={name === 'title' || name === 'target_url'}
              autoComplete="off"
              value={values.text[name]}
              error={problemAt(name)}
              onChange={(event) => {
                setValues({ ...values, text: { ...values.text, [name]: event.currentTarget.value } });
              }}
            />
          ))}
          {amounts.map((name) => (
            <NumberInput
              key={name}
              label={t(`field.${name}`)}
              description={t(`fieldHelp.${name}`)}
              min={0}
              allowNegative={false}
              value={values.amount[name]}
              error={problemAt(name)}
              onChange={(amount) => {
                setValues({ ...values, amount: { ...values.amount, [name]: amount } });
              }}
            />
          ))}
        </SimpleGrid>
        <Textarea
          label={t('field.message')}
          description={t('fieldHelp.message')}
          autosize
          minRows={3}
          maxRows={10}
          value={values.message}
          error={problemAt('message')}
          onChange={(event) => {
            setValues({ ...values, message: event.currentTarget.value });
          }}
        />
        <Switch
          label={t('field.may_restart')}
          description={t('fieldHelp.may_restart')}
          checked={values.mayRestart}
          onChange={(event) => {
            setValues({ ...values, mayRestart: event.currentTarget.checked });
          }}
        />
        <Switch
          label={t('field.track_opens')}
          description={t('fieldHelp.track_opens')}
          checked={values.trackOpens}
          onChange={(event) => {
            setValues({ ...values, trackOpens: event.currentTarget.checked });
          }}
        />
        {error && !problem && <Refused error={error} onRetry={send} retrying={pending} />}
        <Group>
          <Button type="submit" loading={pending}>
            {t('campaign.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
