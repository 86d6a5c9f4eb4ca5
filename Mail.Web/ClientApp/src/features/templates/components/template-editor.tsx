import { Paper, Tabs } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem, Template } from '../api/template';
import { designFile } from '../model/draft';
import { missingTexts } from '../model/texts';
import { placeOf } from '../model/places';
import type { Place } from './code-editor';
import { DesignPanel } from './design-panel';
import { DraftNotices } from './draft-notices';
import { EditorToolbar } from './editor-toolbar';
import { PreviewPanel } from './preview-panel';
import { ProblemList } from './problem-list';
import { SettingsPanel } from './settings-panel';
import classes from './template-editor.module.css';
import { TextPartPanel } from './text-part-panel';
import { TextsPanel } from './texts-panel';
import { tabs, useEditorView } from './use-editor-view';
import { usePreview } from './use-preview';
import { useVisualMode } from './use-visual-mode';
import { useTemplateDraft } from './use-template-draft';
import { VariablesPanel } from './variables-panel';

interface Props {
  address: string;
  template: Template;
  mayWrite: boolean;
}

/** One template: what is written on one side, what it becomes on the other. */
export function TemplateEditor({ address, template, mayWrite }: Props) {
  const { t } = useTranslation('templates');
  const handle = useTemplateDraft(address, template, mayWrite);
  const { draft, change } = handle;
  const editorView = useEditorView(draft.default_locale);
  const { view, setView } = editorView;
  const preview = usePreview(template.key, draft, view.locale);
  const [jump, setJump] = useState<{ file: string; place: Place }>();
  const mayType = mayWrite && !handle.offer;
  const visual = useVisualMode(draft, mayType, view.mode);

  const save = () => {
    if (!mayType || !handle.dirty || handle.saving) return;
    handle.save().then(
      () => notifications.show({ message: t('saved') }),
      () => undefined, // it is said above the editor
    );
  };
  useHotkeys([['mod+S', save]], [], true);

  const goTo = (problem: Problem) => {
    const to = placeOf(problem.file);
    if (!to) return;
    setView({ tab: to.tab, locale: to.locale ?? view.locale, mode: 'code' });
    if (problem.line !== null) {
      setJump({ file: problem.file, place: { line: problem.line, column: problem.column ?? 1 } });
    }
  };

  const toCode = (line?: number) => {
    setView({ mode: 'code' });
    if (line !== undefined) setJump({ file: designFile(draft), place: { line, column: 1 } });
  };

  const missing = Object.keys(draft.strings).reduce(
    (sum, locale) => sum + missingTexts(draft.strings, draft.default_locale, locale).length,
    0,
  );
  const panel = {
    draft,
    change,
    readOnly: !mayType,
    problems: preview.problems,
    error: handle.error,
  };
  return (
    <>
      <EditorToolbar
        address={address}
        template={template}
        handle={handle}
        mayWrite={mayWrite}
        preview={preview}
        locale={view.locale}
        onSave={save}
      />
      <DraftNotices handle={handle} template={template} />
      <div className={classes.frame}>
        <div className={classes.columns} data-visual={(view.tab === 'design' && visual.isShown) || undefined}>
          <div className={classes.column}>
            <Paper withBorder p={{ base: 'sm', sm: 'md' }}>
              <Tabs
                value={view.tab}
                keepMounted={false}
                onChange={(chosen) => {
                  setView({ tab: tabs.find((one) => one === chosen) });
                }}
              >
                <Tabs.List mb="md" className={classes.tabs} aria-label={t('tabs.title')}>
                  {tabs.map((one) => (
                    <Tabs.Tab key={one} value={one}>
                      {t(`tabs.${one}`)}
                      {one === 'texts' && missing > 0 && <span className={classes.missing}>{missing}</span>}
                    </Tabs.Tab>
                  ))}
                </Tabs.List>
                <Tabs.Panel value="design">
                  <DesignPanel
                    {...panel}
                    jump={jump}
                    visual={visual}
                    onCode={toCode}
                    onMode={(mode) => {
                      setView({ mode });
                    }}
                  />
                </Tabs.Panel>
                <Tabs.Panel value="texts">
                  <TextsPanel
                    {...panel}
                    locale={view.locale}
                    onLocale={(locale) => {
                      setView({ locale });
                    }}
                  />
                </Tabs.Panel>
                <Tabs.Panel value="text">
                  <TextPartPanel {...panel} jump={jump} />
                </Tabs.Panel>
                <Tabs.Panel value="variables">
                  <VariablesPanel {...panel} />
                </Tabs.Panel>
                <Tabs.Panel value="settings">
                  <SettingsPanel {...panel} />
                </Tabs.Panel>
              </Tabs>
            </Paper>
            <ProblemList problems={preview.problems} isRendering={preview.isRendering} onGo={goTo} />
          </div>
          <div className={classes.column}>
            <PreviewPanel {...panel} preview={preview} editorView={editorView} />
          </div>
        </div>
      </div>
    </>
  );
}
