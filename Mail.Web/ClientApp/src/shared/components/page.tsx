import { Group, Stack, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
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

let firstPage = true;

/** The frame of every page: one h1, the document's title, and the focus on the title after a change of page. */
export function Page({ title, above, aside, children }: Props) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    document.title = `${title} · ${t('product')}`;
  }, [title, t]);

  useEffect(() => {
    // A screen reader hears where a link has led. Not on the first page: there the browser itself reads the document.
    if (!firstPage) heading.current?.focus({ preventScroll: true });
    firstPage = false;
  }, []);

  return (
    <Stack gap="lg">
      <Stack gap={6}>
        {above}
        <Group justify="space-between" align="center" gap="sm">
          <Title order={1} ref={heading} tabIndex={-1} className={classes.title}>
            {title}
          </Title>
          {aside}
        </Group>
      </Stack>
      {children}
    </Stack>
  );
}
