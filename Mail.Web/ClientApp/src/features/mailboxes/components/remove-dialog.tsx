import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Refusal } from './refusal';

interface Props {
  title: string;
  help: string;
  submit: string;
  change: Pick<UseMutationResult<unknown, Error, void>, 'mutate' | 'isPending' | 'error'>;
  onClose: () => void;
}

/** For what is set up: a connection, or a domain. */
export function RemoveDialog({ title, help, submit, change, onClose }: Props) {
  const { t } = useTranslation('mailboxes');
  const send = () => {
    change.mutate(undefined, { onSuccess: onClose });
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="md">
        <Text size="sm">{help}</Text>
        <Refusal error={change.error} onRetry={send} retrying={change.isPending} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('confirm.keep')}
          </Button>
          <Button color="red" onClick={send} loading={change.isPending}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
