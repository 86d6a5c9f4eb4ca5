import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api/api-error';
import { ButtonLink } from './links';

interface Props {
  error: Error;
  onRetry: () => void;
  retrying?: boolean;
  /** The page still shows what it knew before: then one line is enough. */
  background?: boolean;
}

/** What happened, how to go on, and the API's own words for whoever looks into it. */
export function ProblemPanel({ error, onRetry, retrying = false, background = false }: Props) {
  const { t } = useTranslation();
  const kind = kindOf(error);
  const retry = (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconRefresh size={14} aria-hidden />}
      onClick={onRetry}
      loading={retrying}
    >
      {t('retry')}
    </Button>
  );

  return (
    <Alert
      role="alert"
      variant="outline"
      color={background ? 'yellow' : 'red'}
      icon={<IconAlertTriangle aria-hidden />}
      title={t(`problem.${kind}.title`)}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{background ? t('problem.background') : t(`problem.${kind}.help`)}</Text>
        <Group gap="sm">
          {retry}
          {kind === 'forbidden' && (
            <ButtonLink to="/team" variant="subtle" size="xs">
              {t('problem.forbidden.members')}
            </ButtonLink>
          )}
          {error instanceof ApiError && (
            <Text size="xs" c="dimmed">
              {error.statusCode > 0 && `${t('problem.code', { code: error.statusCode })} · `}
              <Code>{error.name}</Code> {error.message}
              {error.requestId !== undefined && (
                <>
                  {' · '}
                  {t('problem.request')} <Code>{error.requestId}</Code>
                </>
              )}
            </Text>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

function kindOf(error: Error) {
  if (!(error instanceof ApiError)) return 'other';
  if (error.name === 'network_unreachable') return 'network_unreachable';
  if (error.name === 'api_unreachable') return 'api_unreachable';
  if (error.name === 'api_timeout') return 'api_timeout';
  if (error.statusCode === 403 || error.name === 'restricted_api_key') return 'forbidden';
  if (error.statusCode === 404) return 'not_found';
  if (error.statusCode === 429) return 'too_many';
  if (error.statusCode >= 500) return 'server';
  if (error.name === 'unexpected_answer') return 'unexpected_answer';
  return 'other';
}
