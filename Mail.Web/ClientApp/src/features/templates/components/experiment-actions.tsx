import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '@/shared/components/refused';
import {
  type Experiment,
  useConcludeExperiment,
  useDeleteExperiment,
  useSteerExperiment,
} from '../api/experiments';

/** What can be done with it in the state it is in. */
export function ExperimentActions({ address, experiment }: { address: string; experiment: Experiment }) {
  const { t } = useTranslation('templates');
  const navigate = useNavigate();
  const steer = useSteerExperiment(address, experiment.id);
  const remove = useDeleteExperiment(address, experiment.id);
  const [concluding, conclusion] = useDisclosure();
  const { status } = experiment;
  const failed = steer.error ?? remove.error;
  const again = () => {
    if (steer.error) steer.mutate(steer.variables);
    else submitRemoval();
  };
  const submitRemoval = () => {
    remove.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ message: t('experiments.removed') });
        void navigate({ to: '/templates/$templateId/experiments', params: { templateId: address } });
      },
    });
  };
  return (
    <Stack gap="sm">
      <Group gap="sm" justify="flex-end">
        {(status === 'draft' || status === 'stopped') && (
          <Button
            loading={steer.isPending}
            onClick={() => {
              steer.mutate('start');
            }}
          >
            {t(status === 'draft' ? 'experiments.start' : 'experiments.startAgain')}
          </Button>
        )}
        {status === 'running' && (
          <Button
            variant="default"
            loading={steer.isPending}
            onClick={() => {
              steer.mutate('stop');
            }}
          >
            {t('experiments.stop')}
          </Button>
        )}
        {(status === 'running' || status === 'stopped') && (
          <Button variant="default" onClick={conclusion.open}>
            {t('experiments.conclude')}
          </Button>
        )}
        {status !== 'running' && (
          <Button variant="subtle" color="red" loading={remove.isPending} onClick={submitRemoval}>
            {t('experiments.remove')}
          </Button>
        )}
      </Group>
      {failed && <Refused error={failed} onRetry={again} retrying={steer.isPending || remove.isPending} />}
      {concluding && <ConcludeDialog address={address} experiment={experiment} onClose={conclusion.close} />}
    </Stack>
  );
}

function ConcludeDialog({
  address,
  experiment,
  onClose,
}: {
  address: string;
  experiment: Experiment;
  onClose: () => void;
}) {
  const { t } = useTranslation('templates');
  const conclude = useConcludeExperiment(address, experiment.id);
  const [arm, setArm] = useState(experiment.arms[0]?.name ?? '');
  const submit = () => {
    conclude.mutate(arm, { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('experiments.concludeTitle')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('experiments.concludeHelp')}</Text>
        <Radio.Group label={t('experiments.concludeArm')} value={arm} onChange={setArm}>
          <Stack gap="xs" mt="xs">
            {experiment.arms.map(({ name, version }) => (
              <Radio key={name} value={name} label={`${name} (v${version})`} />
            ))}
          </Stack>
        </Radio.Group>
        {conclude.error && <Refused error={conclude.error} onRetry={submit} retrying={conclude.isPending} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button onClick={submit} loading={conclude.isPending}>
            {t('experiments.concludeDo')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
