import { Autocomplete, Group, Loader, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile, IconFileText, IconMoon, IconSun } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { ScrollRegion } from '@/shared/components/scroll-region';
import { localesOf } from '../model/texts';
import { IconChoice } from './icon-choice';
import { MailFrame } from './mail-frame';
import type { PanelProps } from './panel';
import classes from './preview-panel.module.css';
import { SamplePanel } from './sample-panel';
import type { EditorView } from './use-editor-view';
import type { Preview } from './use-preview';

interface Props extends PanelProps {
  preview: Preview;
  editorView: EditorView;
}

const widths = { desktop: IconDeviceDesktop, phone: IconDeviceMobile, text: IconFileText };
const schemes = { light: IconSun, dark: IconMoon };

/** What a recipient gets, a moment after the last key. */
export function PreviewPanel({ preview, editorView, ...panel }: Props) {
  const { t } = useTranslation('templates');
  const id = useId();
  const { view, setView } = editorView;
  const { mail } = preview;
  const width = view.width === 'phone' || view.width === 'text' ? view.width : 'desktop';
  return (
    <>
      <Paper withBorder component="section" aria-labelledby={id} p={{ base: 'sm', sm: 'md' }}>
        <Group justify="space-between" gap="xs" mb="sm">
          <Group gap="xs">
            <Title order={2} id={id} size="h5">
              {t('preview.title')}
            </Title>
            {preview.isRendering && <Loader size={14} role="status" aria-label={t('preview.rendering')} />}
          </Group>
          <Group gap="xs">
            <LocaleField
              key={view.locale}
              value={view.locale}
              locales={localesOf(panel.draft.strings, panel.draft.default_locale)}
              onChange={(locale) => {
                setView({ locale });
              }}
            />
            <SegmentedControl
              size="xs"
              aria-label={t('preview.width')}
              value={width}
              data={(['desktop', 'phone', 'text'] as const).map((one) => ({
                value: one,
                label: <IconChoice icon={widths[one]} text={t(`preview.${one}`)} />,
              }))}
              onChange={(chosen) => {
                setView({ width: chosen });
              }}
            />
            <SegmentedControl
              size="xs"
              aria-label={t('preview.scheme')}
              value={view.scheme}
              data={(['light', 'dark'] as const).map((one) => ({
                value: one,
                label: <IconChoice icon={schemes[one]} text={t(`preview.${one}`)} />,
              }))}
              onChange={(chosen) => {
                setView({ scheme: chosen });
              }}
            />
          </Group>
        </Group>
        <Stack gap="sm">
          {preview.error && (
            <ProblemPanel error={preview.error} onRetry={preview.retry} background={mail !== undefined} />
          )}
          {preview.hasErrors && (
            <Text size="sm" role="status" className={classes.old}>
              {t(mail ? 'preview.old' : 'preview.never')}
            </Text>
          )}
          {mail && (
            <>
              <dl className={classes.head}>
                <dt>{t('preview.subject')}</dt>
                <dd>{mail.subject || t('preview.noSubject')}</dd>
                <dt>{t('preview.size')}</dt>
                <dd>{t('preview.kilobytes', { size: Math.ceil(mail.size / 1024) })}</dd>
              </dl>
              {width === 'text' ? (
                <ScrollRegion label={t('preview.text')} wrap maxHeight={620}>
                  {mail.text}
                </ScrollRegion>
              ) : (
                <MailFrame html={mail.html} title={t('preview.frame')} width={width} scheme={view.scheme} />
              )}
            </>
          )}
          {!mail && !preview.hasErrors && !preview.error && <div className={classes.waiting} aria-hidden />}
        </Stack>
      </Paper>
      <SamplePanel {...panel} />
    </>
  );
}

/** Any language may be looked at, also one that nobody has written: its reader gets another in its place. */
function LocaleField({
  value,
  locales,
  onChange,
}: {
  value: string;
  locales: string[];
  onChange: (locale: string) => void;
}) {
  const { t } = useTranslation('templates');
  const [typed, setTyped] = useState(value);
  const take = (locale: string) => {
    if (locale !== value && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(locale)) onChange(locale);
  };
  return (
    <Autocomplete
      size="xs"
      w={92}
      aria-label={t('preview.locale')}
      data={locales}
      filter={({ options }) => options}
      value={typed}
      onChange={setTyped}
      onOptionSubmit={take}
      onBlur={() => {
        take(typed.trim());
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take(typed.trim());
      }}
    />
  );
}
