import { TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddCandidate } from '../api/change-candidates';
import { fieldProblem } from '../api/field-problem';
import { Dialog } from './dialog';

const fields = ['application_id', 'email', 'name', 'locale', 'time_zone'] as const;

export function AddCandidateDialog({ campaignId, onClose }: { campaignId: string; onClose: () => void }) {
  const { t } = useTranslation('invitations');
  const add = useAddCandidate(campaignId);
  const [values, setValues] = useState<Partial<Record<(typeof fields)[number], string>>>({});
  const problem = fieldProblem(add.error, fields);
  const given = (name: (typeof fields)[number]) => (values[name] ?? '').trim() || undefined;
  return (
    <Dialog
      title={t('add.title')}
      confirm={t('add.confirm')}
      pending={add.isPending}
      error={problem ? null : add.error}
      onClose={onClose}
      onConfirm={() => {
        add.mutate(
          {
            application_id: given('application_id') ?? '',
            email: given('email') ?? '',
            name: given('name'),
            locale: given('locale'),
            time_zone: given('time_zone'),
          },
          {
            onSuccess: ({ email }) => {
              onClose();
              notifications.show({ message: t('add.done', { email }) });
            },
          },
        );
      }}
    >
      {fields.map((name, index) => (
        <TextInput
          key={name}
          label={t(`add.${name}`)}
          description={name === 'application_id' ? t('add.applicationHelp') : undefined}
          type={name === 'email' ? 'email' : 'text'}
          required={name === 'application_id' || name === 'email'}
          data-autofocus={index === 0 || undefined}
          autoComplete="off"
          value={values[name] ?? ''}
          error={problem?.field === name ? problem.message : undefined}
          onChange={(event) => {
            setValues({ ...values, [name]: event.currentTarget.value });
          }}
        />
      ))}
    </Dialog>
  );
}
