import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { IconAlertTriangle, IconArrowLeft, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { Fact, Facts } from '@/shared/components/facts';
import { AnchorLink } from '@/shared/components/links';
import { Moment } from '@/shared/components/moment';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { ScrollRegion } from '@/shared/components/scroll-region';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { getDeadLetter } from '../api/dead-letters';
import { SettleDialog } from './settle-dialog';

const route = getRouteApi('/console/dead-letters/$letterId');

/** Why it failed, what it says, and what to do with it. */
export function DeadLetterPage() {
  const { t } = useTranslation('deadLetters');
  const { letterId } = route.useParams();
  const navigate = useNavigate();
  const mayAct = mayAs(useWorkplace()?.role, 'developer');
  const letter = useQuery(getDeadLetter(letterId));
  const [act, setAct] = useState<'replay' | 'discard'>();
  return (
    <Page
      title={letter.data?.type ?? t('one')}
      above={
        <AnchorLink to="/dead-letters" size="sm" c="dimmed" w="fit-content">
          <Group gap={6} component="span">
            <IconArrowLeft size={16} aria-hidden />
            {t('back')}
          </Group>
        </AnchorLink>
      }
      aside={
        letter.data &&
        mayAct && (
          <Group gap="xs">
            <Button
              size="xs"
              leftSection={<IconRefresh size={16} aria-hidden />}
              onClick={() => {
                setAct('replay');
              }}
            >
              {t('replay.one')}
            </Button>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => {
                setAct('discard');
              }}
            >
              {t('discard.one')}
            </Button>
          </Group>
        )
      }
    >
      {letter.isPending && <TableSkeleton rows={6} />}
      {letter.isError && (
        <ProblemPanel
          error={letter.error}
          onRetry={() => void letter.refetch()}
          retrying={letter.isFetching}
          background={letter.data !== undefined}
        />
      )}
      {letter.data && (
        <Stack gap="lg" maw={860}>
          <Alert
            variant="outline"
            color="red"
            icon={<IconAlertTriangle aria-hidden />}
            title={t('why')}
            styles={{ title: { color: 'var(--mantine-color-text)' } }}
          >
            <Text size="sm" lang="en">
              {letter.data.error}
            </Text>
            <Text size="sm" c="dimmed" mt={4}>
              {t('whyHelp', { count: letter.data.attempts })}
            </Text>
          </Alert>
          <Section title={t('facts')}>
            <Facts>
              <Fact name={t('diedAt')}>
                <Moment at={letter.data.died_at} show="both" />
              </Fact>
              <Fact name={t('dueAt')}>
                <Moment at={letter.data.due_at} show="both" />
              </Fact>
              <Fact name={t('publishedAt')}>
                <Moment at={letter.data.published_at} show="both" />
              </Fact>
              <Fact name={t('handler')}>
                <Code>{letter.data.handler}</Code>
              </Fact>
              {letter.data.key && (
                <Fact name={t('key')} wide>
                  <Code>{letter.data.key}</Code>
                </Fact>
              )}
              <Fact name={t('messageId')} wide>
                <Code>{letter.data.message_id}</Code>
              </Fact>
            </Facts>
          </Section>
          <Section title={t('body')}>
            <Text size="sm" c="dimmed" mb="sm">
              {t(letter.data.body === null ? 'bodyHidden' : 'bodyMasked')}
            </Text>
            {letter.data.body !== null && (
              <ScrollRegion label={t('body')} wrap maxHeight={420}>
                {indented(letter.data.body)}
              </ScrollRegion>
            )}
          </Section>
        </Stack>
      )}
      {letter.data && act && (
        <SettleDialog
          wish={{ act, ids: [letter.data.id] }}
          count={1}
          onClose={() => {
            setAct(undefined);
          }}
          onDone={() => void navigate({ to: '/dead-letters' })}
        />
      )}
    </Page>
  );
}

function indented(json: string) {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json; // masked as a whole
  }
}
