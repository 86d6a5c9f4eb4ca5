import { Group, Stack, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './page.module.css';

interface Props {
  title: string;
  /** Stands above the title: the way back. */
  above?: ReactNode;
  /** Stands beside the title. */
  aside?: ReactNode;
  children: ReactNode;
}

/** The frame of every page: the document's title, and one h1, which takes the focus after a change of page (app/router.tsx). */
export function Page({ title, above, aside, children }: Props) {
  const { t } = useTranslation();

  useEffect(() => {
    document.title = `${title} · ${t('product')}`;
  }, [title, t]);

  return (
    <Stack gap="lg">
      <Stack gap={6}>
        {above}
        <Group justify="space-between" align="center" gap="sm">
          <Title order={1} tabIndex={-1} className={classes.title}>
            {title}
          </Title>
          {aside}
        </Group>
      </Stack>
      {children}
    </Stack>
  );
}
