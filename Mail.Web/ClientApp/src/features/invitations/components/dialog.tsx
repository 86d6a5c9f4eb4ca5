import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode, SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '@/shared/components/refused';

interface Props {
  title: string;
  children: ReactNode;
  confirm: string;
  /** In place of "Cancel". */
  keep?: string;
  danger?: boolean;
  disabled?: boolean;
  pending: boolean;
  /** Said above the buttons. */
  error: Error | null;
  onConfirm: () => void;
  onClose: () => void;
}

/** A question with one way on and one way out. */
export function Dialog({ title, children, confirm, keep, danger, disabled, pending, error, ...on }: Props) {
  const { t } = useTranslation('invitations');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    on.onConfirm();
  };
  return (
    <Modal opened onClose={on.onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {children}
          {error && <Refused error={error} onRetry={on.onConfirm} retrying={pending} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={on.onClose}>
              {keep ?? t('cancel')}
            </Button>
            <Button type="submit" color={danger ? 'red.9' : undefined} disabled={disabled} loading={pending}>
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
