import { Anchor, Center, Group, SegmentedControl, Text } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile, IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../api/get-message';
import { partUrl } from '../api/get-part';
import classes from './html-preview.module.css';

type Width = 'desktop' | 'phone';

/** The HTML part as a mail reader would show it, in a frame that can run nothing and reach nothing. */
export function HtmlPreview({ message }: { message: Message }) {
  const { t } = useTranslation('messages');
  const [width, setWidth] = useState<Width>('desktop');
  if (message.html === null) {
    return (
      <Text size="sm" c="dimmed">
        {t('content.noHtml')}
      </Text>
    );
  }
  return (
    <>
      <Group justify="space-between" mb="sm" gap="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('content.width')}
          value={width}
          onChange={(value) => {
            setWidth(value === 'phone' ? 'phone' : 'desktop');
          }}
          data={[
            {
              value: 'desktop',
              label: <Choice icon={<IconDeviceDesktop size={16} />} text={t('content.desktop')} />,
            },
            {
              value: 'phone',
              label: <Choice icon={<IconDeviceMobile size={16} />} text={t('content.phone')} />,
            },
          ]}
        />
        <Anchor href={partUrl(message.id, 'html')} target="_blank" rel="noreferrer" size="sm">
          <Group component="span" gap={4}>
            {t('content.open')}
            <IconExternalLink size={14} aria-hidden />
          </Group>
        </Anchor>
      </Group>
      <div className={classes.ground}>
        <iframe
          className={classes.frame}
          data-width={width}
          title={t('content.frame', { subject: message.subject })}
          src={partUrl(message.id, 'html')}
          sandbox=""
          referrerPolicy="no-referrer"
        />
      </div>
      <Text size="xs" c="dimmed" mt="xs">
        {t('content.inert')}
      </Text>
    </>
  );
}

function Choice({ icon, text }: { icon: React.ReactNode; text: string }) {
  return (
    <Center component="span" className={classes.choice}>
      {icon}
      <span>{text}</span>
    </Center>
  );
}
