import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Fact, Facts } from '@/shared/components/facts';
import { Moment } from '@/shared/components/moment';
import { Section } from '@/shared/components/section';
import type { Recipient } from '../api/get-message';
import { isMessageState } from '../api/message-state';
import { CauseNote } from './cause-note';
import classes from './recipient-list.module.css';
import { Reply } from './reply';
import { StateBadge } from './state-badge';

/** Every recipient's fate, and why. */
export function RecipientList({ recipients }: { recipients: Recipient[] }) {
  const { t } = useTranslation('messages');
  return (
    <Section title={t('recipients.title')} aside={<Text c="dimmed">{recipients.length}</Text>}>
      <ul className={classes.list}>
        {recipients.map((recipient) => (
          <li key={`${recipient.kind} ${recipient.email}`} className={classes.recipient}>
            <Fate recipient={recipient} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Fate({ recipient }: { recipient: Recipient }) {
  const { t } = useTranslation('messages');
  return (
    <>
      <div className={classes.head}>
        <span className={classes.kind}>{t(`recipients.kind.${recipient.kind}`)}</span>
        <span className={classes.email}>{recipient.email}</span>
        <StateBadge state={recipient.state} />
      </div>
      {recipient.cause ? (
        <CauseNote cause={recipient.cause} state={recipient.state} />
      ) : (
        isMessageState(recipient.state) && (
          <Text size="sm" c="dimmed">
            {t(`meaning.${recipient.state}`)}
          </Text>
        )
      )}
      <div className={classes.facts}>
        <Facts compact>
          {recipient.reason && (
            <Fact name={t('recipients.reason')} wide>
              {recipient.reason}
            </Fact>
          )}
          {(recipient.code !== null || recipient.text !== null) && (
            <Fact name={t('recipients.reply')} wide>
              <Reply code={recipient.code} enhancedCode={recipient.enhanced_code} text={recipient.text} />
            </Fact>
          )}
          <Fact name={t('recipients.attempts')}>{recipient.attempts}</Fact>
          {recipient.relay && <Fact name={t('recipients.relay')}>{recipient.relay}</Fact>}
          {recipient.opened_at && (
            <Fact name={t('recipients.opened', { count: recipient.opens ?? 1 })}>
              <Moment at={recipient.opened_at} show="both" />
            </Fact>
          )}
          {recipient.clicked_at && (
            <Fact name={t('recipients.clicked', { count: recipient.clicks ?? 1 })}>
              <Moment at={recipient.clicked_at} show="both" />
            </Fact>
          )}
          {recipient.next_attempt_at && (
            <Fact name={t('recipients.nextAttempt')}>
              <Moment at={recipient.next_attempt_at} show="both" />
            </Fact>
          )}
        </Facts>
      </div>
    </>
  );
}
