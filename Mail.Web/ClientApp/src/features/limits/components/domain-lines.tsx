import { ActionIcon, Button, Fieldset, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DomainLine } from './limit-values';
import classes from './limits.module.css';
import type { LimitForm } from './limits-form';

/** How much goes to one destination: a line for each domain, and `*` for every other one. */
export function DomainLines({ form }: { form: LimitForm }) {
  const { t } = useTranslation('limits');
  const lines = form.values.domains;
  const set = (domains: DomainLine[]) => {
    form.change({ domains });
  };
  const change = (key: number, part: Partial<DomainLine>) => {
    set(lines.map((line) => (line.key === key ? { ...line, ...part } : line)));
  };
  return (
    <Fieldset legend={t('domains.title')}>
      <Text size="sm" c="dimmed" mb="sm">
        {t('domains.help')}
      </Text>
      {lines.map((line, place) => {
        const path = `domain_limits.${String(place)}`;
        const name = line.domain === '' ? String(place + 1) : line.domain;
        return (
          <div key={line.key} className={classes.line}>
            <TextInput
              label={t('domains.domain')}
              placeholder="gmail.com"
              value={line.domain}
              error={form.errorOf(`${path}.domain`) ?? form.errorOf(path)}
              onChange={(event) => {
                change(line.key, { domain: event.currentTarget.value });
              }}
            />
            <TextInput
              type="number"
              min={0}
              step="any"
              label={t('domains.rate')}
              aria-label={t('domains.rateOf', { name })}
              value={line.rate}
              error={form.errorOf(`${path}.rate_per_second`)}
              onChange={(event) => {
                change(line.key, { rate: event.currentTarget.value });
              }}
            />
            <TextInput
              type="number"
              min={0}
              label={t('domains.concurrent')}
              aria-label={t('domains.concurrentOf', { name })}
              value={line.concurrent}
              error={form.errorOf(`${path}.max_concurrent`)}
              onChange={(event) => {
                change(line.key, { concurrent: event.currentTarget.value });
              }}
            />
            <ActionIcon
              variant="default"
              size="input-sm"
              aria-label={t('domains.remove', { name })}
              onClick={() => {
                set(lines.filter(({ key }) => key !== line.key));
              }}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </div>
        );
      })}
      <Button
        mt="sm"
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => {
          set([
            ...lines,
            { key: 1 + Math.max(-1, ...lines.map(({ key }) => key)), domain: '', rate: '', concurrent: '' },
          ]);
        }}
      >
        {t('domains.add')}
      </Button>
    </Fieldset>
  );
}
