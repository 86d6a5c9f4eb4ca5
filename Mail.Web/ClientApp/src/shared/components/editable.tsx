import { Fieldset, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Role, useMay } from '../api/workplace';

interface Props {
  /** The role that may change what stands in it, and those above. */
  least: Role;
  children: ReactNode;
}

/** Settings that everybody of the project may read. Who may not change them is told so, rather than refused after typing. */
export function Editable({ least, children }: Props) {
  const { t } = useTranslation();
  const may = useMay(least);
  return (
    <Fieldset variant="unstyled" disabled={!may} p={0}>
      {!may && (
        <Text size="sm" c="dimmed" mb="md">
          {t('readOnly')}
        </Text>
      )}
      {children}
    </Fieldset>
  );
}
