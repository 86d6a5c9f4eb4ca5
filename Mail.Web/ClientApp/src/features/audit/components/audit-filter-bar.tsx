import { Group, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listActors } from '../api/list-actors';
import type { AuditFilter } from '../api/list-audit';
import classes from './audit.module.css';

/** What can be changed, by the names that the API gives it. */
const kinds = [
  'account',
  'api_key',
  'member',
  'member_invitation',
  'project',
  'relay',
  'domain',
  'reservation_settings',
  'sender_identity',
  'webhook',
  'account_settings',
  'template',
  'template_layout',
  'experiment',
  'campaign',
  'ticket_key',
  'mailbox',
  'mailbox_connection',
  'mailbox_domain',
  'configuration',
  'suppression',
  'tracking_objection',
  'privacy',
  'alert',
  'dead_letter',
] as const;

interface Props {
  value: AuditFilter;
  onChange: (change: Omit<AuditFilter, 'after'>) => void;
}

export function AuditFilterBar({ value, onChange }: Props) {
  const { t } = useTranslation('audit');
  const actors = useQuery(listActors());
  const known = [...(actors.data?.members ?? []), ...(actors.data?.keys ?? [])];
  const given = (text: string) => (text === '' ? undefined : text);
  return (
    <Group gap="sm" align="flex-end" role="search" aria-label={t('filters')}>
      <NativeSelect
        className={classes.filter}
        label={t('what')}
        value={value.action ?? ''}
        onChange={(event) => {
          onChange({ action: given(event.currentTarget.value) });
        }}
      >
        <option value="">{t('everything')}</option>
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {t(`kind.${kind}`)}
          </option>
        ))}
        {value.action !== undefined && !kinds.some((kind) => kind === value.action) && (
          <option value={value.action}>{value.action}</option>
        )}
      </NativeSelect>
      <NativeSelect
        className={classes.filter}
        label={t('who')}
        value={value.actor_id ?? ''}
        onChange={(event) => {
          onChange({ actor_id: given(event.currentTarget.value) });
        }}
      >
        <option value="">{t('everybody')}</option>
        {value.actor_id !== undefined && !known.some((actor) => actor.value === value.actor_id) && (
          <option value={value.actor_id}>{value.actor_id}</option>
        )}
        <optgroup label={t('members')}>
          {actors.data?.members.map((actor) => (
            <option key={actor.value} value={actor.value}>
              {actor.label}
            </option>
          ))}
        </optgroup>
        <optgroup label={t('keys')}>
          {actors.data?.keys.map((actor) => (
            <option key={actor.value} value={actor.value}>
              {actor.label}
            </option>
          ))}
        </optgroup>
      </NativeSelect>
      <TextInput
        className={classes.day}
        type="date"
        label={t('since')}
        value={value.since ?? ''}
        onChange={(event) => {
          onChange({ since: given(event.currentTarget.value) });
        }}
      />
      <TextInput
        className={classes.day}
        type="date"
        label={t('until')}
        value={value.until ?? ''}
        onChange={(event) => {
          onChange({ until: given(event.currentTarget.value) });
        }}
      />
    </Group>
  );
}
