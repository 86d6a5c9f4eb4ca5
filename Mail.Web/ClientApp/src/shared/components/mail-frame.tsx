import { Anchor, Center, Group, SegmentedControl, Text } from '@mantine/core';
import {
  IconDeviceDesktop,
  IconDeviceMobile,
  IconExternalLink,
  IconMoon,
  IconSun,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './mail-frame.module.css';

type Width = 'desktop' | 'phone';
type Scheme = 'light' | 'dark';

interface Props {
  /** Where the mail's HTML stands. */
  src: string;
  title: string;
}

/** A mail's HTML as a mail reader would show it, in a frame that can run nothing and reach nothing. */
export function MailFrame({ src, title }: Props) {
  const { t } = useTranslation();
  const [width, setWidth] = useState<Width>('desktop');
  const [scheme, setScheme] = useState<Scheme>('light');
  return (
    <>
      <Group justify="space-between" mb="sm" gap="sm">
        <Group gap="sm">
          <SegmentedControl
            size="xs"
            aria-label={t('mailFrame.width')}
            value={width}
            onChange={(value) => {
              setWidth(value === 'phone' ? 'phone' : 'desktop');
            }}
            data={[
              {
                value: 'desktop',
                label: <Choice icon={<IconDeviceDesktop size={16} />} text={t('mailFrame.desktop')} />,
              },
              {
                value: 'phone',
                label: <Choice icon={<IconDeviceMobile size={16} />} text={t('mailFrame.phone')} />,
              },
            ]}
          />
          <SegmentedControl
            size="xs"
            aria-label={t('mailFrame.scheme')}
            value={scheme}
            onChange={(value) => {
              setScheme(value === 'dark' ? 'dark' : 'light');
            }}
            data={[
              { value: 'light', label: <Choice icon={<IconSun size={16} />} text={t('mailFrame.light')} /> },
              { value: 'dark', label: <Choice icon={<IconMoon size={16} />} text={t('mailFrame.dark')} /> },
            ]}
          />
        </Group>
        <Anchor href={src} target="_blank" rel="noreferrer" size="sm">
          <Group component="span" gap={4}>
            {t('mailFrame.open')}
            <IconExternalLink size={14} aria-hidden />
          </Group>
        </Anchor>
      </Group>
      <div className={classes.ground}>
        <iframe
          key={scheme}
          className={classes.frame}
          data-width={width}
          data-scheme={scheme}
          title={title}
          src={`${src}${src.includes('?') ? '&' : '?'}scheme=${scheme}`}
          sandbox=""
          referrerPolicy="no-referrer"
        />
      </div>
      <Text size="xs" c="dimmed" mt="xs">
        {t(scheme === 'dark' ? 'mailFrame.inertDark' : 'mailFrame.inert')}
      </Text>
    </>
  );
}

function Choice({ icon, text }: { icon: ReactNode; text: string }) {
  return (
    <Center component="span" className={classes.choice}>
      {icon}
      <span>{text}</span>
    </Center>
  );
}
