import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Fact, Facts } from '@/shared/components/facts';
import { Moment } from '@/shared/components/moment';
import { Section } from '@/shared/components/section';
import { useFormat } from '@/shared/format/use-format';
import type { DecisionRequest } from '../api/request';
import classes from './requests.module.css';
import { StateBadge } from './state-badge';

export function RequestFacts({ request }: { request: DecisionRequest }) {
  const { t } = useTranslation('requests');
  const format = useFormat();
  const { person, on_behalf_of: behalf } = request;
  return (
    <Section title={t('facts.title')} aside={<StateBadge state={request.state} />}>
      {request.text && <p className={classes.words}>{request.text}</p>}
      <Facts>
        <Fact name={t('facts.person')}>{[person.name, person.email].filter(Boolean).join(' · ')}</Fact>
        {behalf && (
          <Fact name={t('facts.behalf')}>{[behalf.name, behalf.email].filter(Boolean).join(' · ')}</Fact>
        )}
        <Fact name={t('facts.choices')}>{request.choices.map(({ label }) => label).join(' · ')}</Fact>
        <Fact name={t('facts.deadline')}>
          <Moment at={request.deadline} show="both" />
        </Fact>
        {request.reminders.length > 0 && (
          <Fact name={t('facts.reminders')}>{request.reminders.map(format.dateTime).join(' · ')}</Fact>
        )}
        <Fact name={t('facts.created')}>
          <Moment at={request.created_at} show="both" />
        </Fact>
      </Facts>
    </Section>
  );
}

export function RequestDecision({ request }: { request: DecisionRequest }) {
  const { t } = useTranslation('requests');
  const { decision } = request;
  return (
    <Section title={t('decision.title')}>
      {decision ? (
        <Facts>
          <Fact name={t('decision.choice')}>{decision.label ?? decision.choice}</Fact>
          <Fact name={t('decision.at')}>
            <Moment at={decision.at} show="both" />
          </Fact>
          {decision.comment && (
            <Fact name={t('decision.comment')} wide>
              {decision.comment}
            </Fact>
          )}
        </Facts>
      ) : (
        <Text size="sm" c="dimmed">
          {t('decision.none')}
        </Text>
      )}
    </Section>
  );
}
