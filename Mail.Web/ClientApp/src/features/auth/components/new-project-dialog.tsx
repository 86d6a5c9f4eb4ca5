import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api/api-error';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { useCreateProject } from '../api/create-project';
import { Refusal } from './refusal';

export default function NewProjectDialog({ onClose, onMade }: { onClose: () => void; onMade: () => void }) {
  const { t } = useTranslation('auth');
  const { t: common } = useTranslation();
  const create = useCreateProject();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '' },
    validate: { name: (value) => (value.trim() === '' ? t('project.nameMissing') : null) },
  });
  const submit = form.onSubmit(({ name }) => {
    create.mutate(name.trim(), {
      onSuccess: () => {
        notifications.show({ message: t('project.made', { name: name.trim() }) });
        onMade();
        onClose();
      },
    });
  });
  const refused = create.error instanceof ApiError && [403, 409, 422].includes(create.error.statusCode);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('project.title')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm">{t('project.help')}</Text>
          {create.error && refused && <Refusal>{create.error.message}</Refusal>}
          {create.error && !refused && (
            <ProblemPanel
              error={create.error}
              onRetry={() => {
                submit();
              }}
              retrying={create.isPending}
            />
          )}
          <TextInput
            key={form.key('name')}
            {...form.getInputProps('name')}
            label={t('project.name')}
            maxLength={100}
            autoComplete="off"
            data-autofocus
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('project.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('project.make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
