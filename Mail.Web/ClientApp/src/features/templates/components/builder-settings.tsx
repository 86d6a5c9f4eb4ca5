import { ColorInput, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import type { Component, Editor } from 'grapesjs';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ScrollRegion } from '@/shared/components/scroll-region';
import { type Looks, resolved } from '../model/mjml-looks';
import { type FieldKind, fields } from '../model/mjml-rules';
import type { MjmlBlock, MjmlPiece } from '../model/mjml-source';
import classes from './builder.module.css';
import { BuilderActions } from './builder-actions';
import { attributesOf, changeAttribute, isEditable, keptOf } from './builder-parts';
import { useAttributeName, useNameOf } from './use-name-of';

interface Props {
  editor: Editor;
  chosen: Component | undefined;
  looks: Looks;
  turn: number;
}

/** The chosen part: what it is, what can be done with it, and its attributes. */
export function BuilderSettings({ editor, chosen, looks }: Props) {
  const { t } = useTranslation('templates');
  const id = useId();
  const nameOf = useNameOf();
  const node = chosen && keptOf(chosen)?.node;
  return (
    <section aria-labelledby={id} className={classes.panel}>
      <Title order={3} size="h6" id={id}>
        {node ? nameOf(node) : t('visual.nothing')}
      </Title>
      {!node && <Text size="sm">{t('visual.choose')}</Text>}
      {chosen && node && <BuilderActions editor={editor} chosen={chosen} />}
      {node && node.kind !== 'element' && (
        <>
          <Text size="sm">
            {t(node.kind === 'piece' && node.isFixed ? 'visual.fixed' : 'visual.onlyCode')}
          </Text>
          <ScrollRegion label={t('visual.source')} wrap maxHeight={180}>
            {sourceOf(node)}
          </ScrollRegion>
        </>
      )}
      {chosen && node?.kind === 'element' && (
        <>
          {node.words.trim() !== '' && !isEditable(chosen) && <Text size="sm">{t('visual.closedHelp')}</Text>}
          {attributesOf(chosen) ? (
            <Attributes chosen={chosen} name={node.name} looks={looks} />
          ) : (
            <Text size="sm">{t('visual.closedAttributes')}</Text>
          )}
        </>
      )}
    </section>
  );
}

const sourceOf = (node: MjmlBlock | MjmlPiece) => (node.kind === 'piece' ? node.source : node.open);

function Attributes({ chosen, name, looks }: { chosen: Component; name: string; looks: Looks }) {
  const own = attributesOf(chosen) ?? {};
  const inherited = resolved(name, { 'mj-class': own['mj-class'] ?? '' }, looks);
  const known = fields[name] ?? [];
  const others = Object.keys(own).filter((one) => !known.some(([field]) => field === one));
  const all = [...known, ...others.map((one) => [one, 'text'] as const)];
  return (
    <Stack gap="xs">
      {all.map(([field, kind]) => (
        <Field
          key={field}
          name={field}
          kind={kind}
          value={own[field] ?? ''}
          inherited={inherited[field]}
          onChange={(value) => {
            changeAttribute(chosen, field, value);
          }}
        />
      ))}
    </Stack>
  );
}

interface FieldProps {
  name: string;
  kind: FieldKind;
  value: string;
  inherited: string | undefined;
  onChange: (value: string) => void;
}

function Field({ name, kind, value, inherited, onChange }: FieldProps) {
  const { t } = useTranslation('templates');
  const label = useAttributeName()(name);
  const shared = { label, size: 'xs', placeholder: inherited, value } as const;
  if (kind === 'color')
    return (
      <ColorInput
        {...shared}
        fixOnBlur={false}
        popoverProps={{ withinPortal: true }}
        eyeDropperButtonProps={{ 'aria-label': t('visual.pick', { name: label }) }}
        onChange={onChange}
      />
    );
  if (kind === 'align' && (value === '' || ['left', 'center', 'right'].includes(value)))
    return (
      <Select
        {...shared}
        clearable
        value={value === '' ? null : value}
        data={(['left', 'center', 'right'] as const).map((one) => ({
          value: one,
          label: t(`visual.aligned.${one}`),
        }))}
        clearButtonProps={{ 'aria-label': t('visual.clear', { name: label }) }}
        onChange={(next) => {
          onChange(next ?? '');
        }}
      />
    );
  return (
    <TextInput
      {...shared}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}
