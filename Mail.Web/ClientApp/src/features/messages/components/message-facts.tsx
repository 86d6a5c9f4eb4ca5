import { Code, Group, Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { CopyButton } from '@/shared/components/copy-button';
import { Fact, Facts } from '@/shared/components/facts';
import { AnchorLink } from '@/shared/components/links';
import { Moment } from '@/shared/components/moment';
import type { Message } from '../api/get-message';
import classes from './message-facts.module.css';

const lanes = ['critical', 'normal', 'bulk'] as const;

/** The header of the message: who, when, and the two names under which it is known. */
export function MessageFacts({ message }: { message: Message }) {
  const { t } = useTranslation('messages');
  const lane = lanes.find((one) => one === message.lane);
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <Facts label={t('detail.facts')}>
        <Fact name={t('detail.from')}>{message.from}</Fact>
        <Fact name={t('detail.to')}>{message.to.join(', ')}</Fact>
        {message.cc && message.cc.length > 0 && <Fact name={t('detail.cc')}>{message.cc.join(', ')}</Fact>}
        {message.bcc && message.bcc.length > 0 && (
          <Fact name={t('detail.bcc')}>{message.bcc.join(', ')}</Fact>
        )}
        {message.reply_to && message.reply_to.length > 0 && (
          <Fact name={t('detail.replyTo')}>{message.reply_to.join(', ')}</Fact>
        )}
        <Fact name={t('detail.created')}>
          <Moment at={message.created_at} show="both" />
        </Fact>
        {message.scheduled_at && (
          <Fact name={t('detail.scheduled')}>
            <Moment at={message.scheduled_at} show="both" />
          </Fact>
        )}
        <Fact name={t('detail.lane')}>{lane ? t(`detail.laneName.${lane}`) : message.lane}</Fact>
        {message.template && (
          <Fact name={t('detail.template')}>{t('detail.templateVersion', message.template)}</Fact>
        )}
        {message.api_key && (
          <Fact name={t('detail.apiKey')}>
            <SentWith apiKey={message.api_key} />
          </Fact>
        )}
        <Fact name={t('detail.id')}>
          <Copyable value={message.id} label={t('detail.copyId')} />
        </Fact>
        <Fact name={t('detail.messageId')}>
          <Copyable value={message.message_id} label={t('detail.copyMessageId')} />
        </Fact>
        {message.resent_from && (
          <Fact name={t('resend.from')}>
            <AnchorLink to="/messages/$messageId" params={{ messageId: message.resent_from }}>
              {message.resent_from}
            </AnchorLink>
          </Fact>
        )}
        {message.tags.length > 0 && (
          <Fact name={t('detail.tags')}>
            <Group gap={6}>
              {message.tags.map((tag) => (
                <Code key={tag.name}>
                  {tag.name}: {tag.value}
                </Code>
              ))}
            </Group>
          </Fact>
        )}
      </Facts>
    </Paper>
  );
}

/** The key itself is for those who may see keys; what else it sent, for all. */
function SentWith({ apiKey }: { apiKey: NonNullable<Message['api_key']> }) {
  const { t } = useTranslation('messages');
  const mayOpen = mayAs(useWorkplace()?.role, 'developer') && apiKey.mailbox_id === null;
  const name = apiKey.name ?? apiKey.id;
  return (
    <Group gap={8}>
      {mayOpen ? <AnchorLink to="/api-keys">{name}</AnchorLink> : <span>{name}</span>}
      {apiKey.revoked && (
        <Text span size="sm" c="dimmed">
          {t('detail.keyRevoked')}
        </Text>
      )}
      <AnchorLink to="/messages" search={{ key: apiKey.id }} size="sm">
        {t('detail.keyMessages')}
      </AnchorLink>
    </Group>
  );
}

function Copyable({ value, label }: { value: string; label: string }) {
  return (
    <span className={classes.copyable}>
      <span className={classes.value} title={value}>
        {value}
      </span>
      <CopyButton value={value} label={label} />
    </span>
  );
}
