import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  value: string;
  /** What is copied, in words: "Copy the ID". */
  label: string;
  /** With the label beside the icon. */
  wide?: boolean;
}

export function CopyButton({ value, label, wide = false }: Props) {
  const { t } = useTranslation();
  const { copy, copied, error } = useClipboard({ timeout: 2_000 });

  useEffect(() => {
    if (error) notifications.show({ color: 'red', message: t('copyFailed') });
  }, [error, t]);

  const icon = copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />;
  const onClick = () => {
    copy(value);
  };
  if (wide) {
    return (
      <Button variant="default" size="xs" leftSection={icon} onClick={onClick}>
        {copied ? t('copied') : label}
      </Button>
    );
  }
  return (
    <Tooltip label={copied ? t('copied') : label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={copied ? t('copied') : label}
        onClick={onClick}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
