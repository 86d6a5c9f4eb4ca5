import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/components/moment';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { listSessions, type SessionEntry, useEndSession } from '../api/sessions';
import { FormProblem } from './form-problem';

export function SessionsSection() {
  const { t } = useTranslation('account');
  const sessions = useQuery(listSessions());
  const end = useEndSession();
  const others = sessions.data?.data.filter((one) => !one.current) ?? [];
  return (
    <Section
      title={t('sessions.title')}
      aside={
        others.length > 0 && (
          <Button
            variant="default"
            size="xs"
            loading={end.isPending && end.variables === null}
            onClick={() => {
              end.mutate(null);
            }}
          >
            {t('sessions.endOthers')}
          </Button>
        )
      }
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('sessions.help')}
        </Text>
        {sessions.isPending && <TableSkeleton rows={2} />}
        {sessions.isError && (
          <ProblemPanel
            error={sessions.error}
            onRetry={() => void sessions.refetch()}
            retrying={sessions.isFetching}
            background={sessions.data !== undefined}
          />
        )}
        <FormProblem
          error={end.error}
          pending={end.isPending}
          onRetry={() => {
            if (end.variables !== undefined) end.mutate(end.variables);
          }}
        />
        {sessions.data && (
          <Stack gap="sm" component="ul" p={0} m={0}>
            {sessions.data.data.map((one) => (
              <Entry
                key={one.id}
                session={one}
                ending={end.isPending && end.variables === one.id}
                onEnd={() => {
                  end.mutate(one.id);
                }}
              />
            ))}
          </Stack>
        )}
        {sessions.data && others.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('sessions.onlyThis')}
          </Text>
        )}
      </Stack>
    </Section>
  );
}

function Entry({ session, ending, onEnd }: { session: SessionEntry; ending: boolean; onEnd: () => void }) {
  const { t } = useTranslation('account');
  const secondFactor = session.methods.includes('totp') || session.methods.includes('recovery');
  return (
    <Group component="li" justify="space-between" gap="sm" style={{ listStyle: 'none' }}>
      <Stack gap={2}>
        <Group gap="xs">
          <Text size="sm" fw={550}>
            {session.browser}
          </Text>
          {session.current && <Badge variant="light">{t('sessions.current')}</Badge>}
          {secondFactor && (
            <Badge variant="light" color="green">
              {t('sessions.twoFactor')}
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {session.ip && `${session.ip} · `}
          {t('sessions.seen')} <Moment at={session.last_seen_at} />
        </Text>
      </Stack>
      {!session.current && (
        <Button
          variant="default"
          size="xs"
          loading={ending}
          aria-label={t('sessions.endOf', { browser: session.browser })}
          onClick={onEnd}
        >
          {t('sessions.end')}
        </Button>
      )}
    </Group>
  );
}
