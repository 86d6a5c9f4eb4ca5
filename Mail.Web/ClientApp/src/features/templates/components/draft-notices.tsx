import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconInfoCircle, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '@/shared/components/links';
import { Refused } from '@/shared/components/refused';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import type { Template } from '../api/template';
import { fieldError } from '../model/field-error';
import { OfferNotice } from './offer-notice';
import classes from './template-editor.module.css';
import type { DraftHandle } from './use-template-draft';

const ink = {
  message: { color: 'var(--mantine-color-text)' },
  title: { color: 'var(--mantine-color-text)' },
};

/** What somebody should know before they type on. */
export function DraftNotices({ handle, template }: { handle: DraftHandle; template: Template }) {
  const { t } = useTranslation('templates');
  const mayWrite = mayAs(useWorkplace()?.role, 'developer');
  const isBesideField = fieldError(handle.error, 'name', 'default_locale', 'layout') !== undefined;
  return (
    <Stack gap="sm" className={classes.notices}>
      {template.built_in && (
        <Alert icon={<IconInfoCircle aria-hidden />} styles={ink}>
          <Group justify="space-between" gap="sm">
            <Text size="sm">{t('builtIn.help')}</Text>
            {mayWrite && (
              <ButtonLink to="/templates/new" search={{ from: template.key }} size="xs">
                {t('builtIn.makeOwn')}
              </ButtonLink>
            )}
          </Group>
        </Alert>
      )}
      {!template.built_in && !mayWrite && (
        <Alert color="gray" icon={<IconInfoCircle aria-hidden />} styles={ink}>
          {t('mayNot')}
        </Alert>
      )}
      {template.experiment_id !== null && (
        <Alert icon={<IconInfoCircle aria-hidden />} styles={ink}>
          {t('experiments.holds')}
        </Alert>
      )}
      {handle.offer && (
        <OfferNotice at={handle.offer.at} onTake={handle.takeBack} onDiscard={handle.discardOffer} />
      )}
      {handle.isConflict && (
        <Alert
          color="red"
          variant="outline"
          icon={<IconUsers aria-hidden />}
          title={t('conflict.title')}
          styles={ink}
          role="alert"
        >
          <Stack gap="sm">
            <Text size="sm">{t('conflict.help')}</Text>
            <Group gap="sm">
              <Button size="xs" onClick={() => void handle.takeTheirs()}>
                {t('conflict.theirs')}
              </Button>
              <Button
                size="xs"
                variant="default"
                loading={handle.saving}
                onClick={() => {
                  handle.saveOver().catch(() => undefined); // it is said here
                }}
              >
                {t('conflict.mine')}
              </Button>
            </Group>
          </Stack>
        </Alert>
      )}
      {handle.error && !handle.isConflict && !isBesideField && (
        <Refused
          error={handle.error}
          retrying={handle.saving}
          onRetry={() => {
            handle.save().catch(() => undefined);
          }}
        />
      )}
    </Stack>
  );
}
