import { Badge, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/components/moment';
import { Refused } from '@/shared/components/refused';
import { Section } from '@/shared/components/section';
import { useRollBack } from '../api/change-template';
import type { Version } from '../api/list-versions';
import classes from './versions.module.css';

interface Props {
  address: string;
  versions: Version[];
  mayWrite: boolean;
}

export function VersionList({ address, versions, mayWrite }: Props) {
  const { t } = useTranslation('templates');
  const [wanted, setWanted] = useState<number>();
  return (
    <Section title={t('versions.list')}>
      <div role="region" aria-label={t('versions.list')} tabIndex={0} className={classes.scroller}>
        <ul className={classes.list} aria-label={t('versions.list')}>
          {versions.map(({ version, note, is_published, created_at }) => (
            <li key={version} className={classes.version}>
              <div>
                <Group gap="xs">
                  <Text fw={600} size="sm">
                    {t('versions.version', { version })}
                  </Text>
                  {is_published && (
                    <Badge variant="light" color="teal" tt="none">
                      {t('versions.current')}
                    </Badge>
                  )}
                </Group>
                <Text size="sm" c={note === null ? 'dimmed' : undefined} className={classes.note}>
                  {note ?? t('versions.noNote')}
                </Text>
                <Text size="xs" c="dimmed">
                  <Moment at={created_at} show="both" />
                </Text>
              </div>
              {mayWrite && !is_published && (
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`${t('versions.rollBack')}: ${t('versions.version', { version })}`}
                  onClick={() => {
                    setWanted(version);
                  }}
                >
                  {t('versions.rollBack')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </div>
      {wanted !== undefined && (
        <RollBackDialog
          address={address}
          version={wanted}
          onClose={() => {
            setWanted(undefined);
          }}
        />
      )}
    </Section>
  );
}

function RollBackDialog({
  address,
  version,
  onClose,
}: {
  address: string;
  version: number;
  onClose: () => void;
}) {
  const { t } = useTranslation('templates');
  const rollBack = useRollBack(address);
  const submit = () => {
    rollBack.mutate(version, {
      onSuccess: () => {
        notifications.show({ message: t('versions.rolledBack', { version }) });
        onClose();
      },
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('versions.rollBackTitle', { version })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('versions.rollBackHelp', { version })}</Text>
        {rollBack.error && <Refused error={rollBack.error} onRetry={submit} retrying={rollBack.isPending} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button onClick={submit} loading={rollBack.isPending}>
            {t('versions.rollBackDo')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
