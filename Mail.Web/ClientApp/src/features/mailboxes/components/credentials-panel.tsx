import { Alert, Group, Stack, Text } from '@mantine/core';
import { IconExternalLink, IconKey } from '@tabler/icons-react';
import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/shared/components/copy-button';
import type { Made } from '../api/mailbox';
import classes from './mailboxes.module.css';

/** How a program sends as the mailbox, this once. */
export function CredentialsPanel({ made, children }: { made: Made; children?: ReactNode }) {
  const { t } = useTranslation('mailboxes');
  const { credentials } = made;
  if (credentials === null) return null;
  const rows: [label: string, value: string][] = [
    [t('credentials.server'), credentials.smtp_server],
    [t('credentials.port'), String(credentials.smtp_port)],
    [t('credentials.user'), credentials.username],
    [t('credentials.password'), credentials.password],
  ];
  if (credentials.web_password !== null) rows.push([t('credentials.webPassword'), credentials.web_password]);
  const text = [
    `${t('credentials.address')}: ${made.email}`,
    ...rows.map(([label, value]) => `${label}: ${value}`),
    ...(made.webmail === null ? [] : [`${t('credentials.webmail')}: ${made.webmail}`]),
  ].join('\n');
  return (
    <Alert
      color="teal"
      icon={<IconKey size={20} aria-hidden />}
      title={t('credentials.title', { email: made.email })}
      role="status"
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      <Stack gap="sm">
        <Text size="sm">{t('credentials.help')}</Text>
        <dl className={classes.credentials} aria-label={t('credentials.label')}>
          {rows.map(([label, value]) => (
            <div key={label} className={classes.credential}>
              <dt>{label}</dt>
              <dd>
                <code className={classes.secret}>{value}</code>
                <CopyButton value={value} label={t('credentials.copy', { what: label })} />
              </dd>
            </div>
          ))}
        </dl>
        <Group gap="sm">
          <CopyButton value={text} label={t('credentials.copyAll')} wide />
          {made.webmail !== null && (
            <Anchor
              href={made.webmail}
              target="_blank"
              rel="noreferrer"
              size="sm"
              c="inherit"
              underline="always"
            >
              {t('credentials.openWebmail')} <IconExternalLink size={14} aria-hidden />
            </Anchor>
          )}
          {children}
        </Group>
      </Stack>
    </Alert>
  );
}
