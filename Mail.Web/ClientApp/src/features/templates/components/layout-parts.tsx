import { ActionIcon, Button, Code, Group, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { IconTrash } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LayoutDraft } from '../api/layouts';
import type { Problem } from '../api/template';
import { textKeys } from '../model/texts';
import { CodeEditor } from './code-editor';

const route = getRouteApi('/console/template-layouts/$layoutKey');

interface Props {
  draft: LayoutDraft;
  change: (part: Partial<LayoutDraft>) => void;
  readOnly: boolean;
}

const noProblems: Problem[] = [];

const useHints = ({ variables, strings }: LayoutDraft) =>
  useMemo(
    () => ({ variables: Object.keys(variables), texts: textKeys(strings, 'en', false) }),
    [variables, strings],
  );

/** MJML that templates put in by `mj-include`, one file at a time. */
export function PartialsPanel({ layoutKey, draft, change, readOnly }: Props & { layoutKey: string }) {
  const { t } = useTranslation('templates');
  const { part, line } = route.useSearch();
  const navigate = route.useNavigate();
  const hints = useHints(draft);
  const names = Object.keys(draft.partials).sort();
  const chosen = part !== undefined && part in draft.partials ? part : names[0];
  const show = (name: string | undefined) =>
    void navigate({ search: { part: name }, replace: true, resetScroll: false });
  // A link from a problem names the line.
  const jump = useMemo(
    () =>
      line !== undefined && /^\d+$/.test(line) ? { line: Math.max(1, Number(line)), column: 1 } : undefined,
    [line],
  );
  return (
    <Stack gap="sm">
      {names.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('layouts.noPartials')}
        </Text>
      )}
      {chosen !== undefined && (
        <>
          <Group gap="xs" align="flex-end">
            <Select
              size="xs"
              label={t('layouts.partial')}
              allowDeselect={false}
              data={names}
              value={chosen}
              onChange={(name) => {
                show(name ?? undefined);
              }}
            />
            {!readOnly && (
              <ActionIcon
                variant="default"
                size={30}
                aria-label={t('layouts.removePartial', { name: chosen })}
                onClick={() => {
                  change({
                    partials: Object.fromEntries(
                      Object.entries(draft.partials).filter(([name]) => name !== chosen),
                    ),
                  });
                  show(undefined);
                }}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            )}
          </Group>
          <Text size="xs" c="dimmed">
            {t('layouts.include')} <Code>{`<mj-include path="../${layoutKey}/${chosen}" />`}</Code>
          </Text>
          <CodeEditor
            key={chosen}
            label={chosen}
            value={draft.partials[chosen] ?? ''}
            readOnly={readOnly}
            problems={noProblems}
            jump={jump}
            hints={hints}
            onChange={(source) => {
              change({ partials: { ...draft.partials, [chosen]: source } });
            }}
          />
        </>
      )}
      {!readOnly && (
        <NewPartial
          taken={names}
          onAdd={(name) => {
            change({ partials: { ...draft.partials, [name]: '' } });
            show(name);
          }}
        />
      )}
    </Stack>
  );
}

function NewPartial({ taken, onAdd }: { taken: string[]; onAdd: (name: string) => void }) {
  const { t } = useTranslation('templates');
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string>();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!/^[a-z0-9][\w-]*\.mjml$/.test(name)) setProblem(t('layouts.partialWrong'));
        else if (taken.includes(name)) setProblem(t('layouts.partialTaken'));
        else {
          onAdd(name);
          setName('');
          setProblem(undefined);
        }
      }}
    >
      <Group gap="xs" align="flex-start">
        <TextInput
          size="xs"
          aria-label={t('layouts.partialName')}
          placeholder="header.mjml"
          value={name}
          error={problem}
          onChange={(event) => {
            setName(event.currentTarget.value.trim());
          }}
        />
        <Button type="submit" size="xs" variant="default">
          {t('layouts.addPartial')}
        </Button>
      </Group>
    </form>
  );
}

export function FooterPanel({ draft, change, readOnly }: Props) {
  const { t } = useTranslation('templates');
  const hints = useHints(draft);
  return (
    <Stack gap="sm">
      <Switch
        label={t('layouts.tabs.footer')}
        description={t('layouts.footerHelp')}
        checked={draft.footer !== null}
        disabled={readOnly}
        onChange={(event) => {
          change({ footer: event.currentTarget.checked ? '' : null });
        }}
      />
      {draft.footer !== null && (
        <CodeEditor
          label={t('layouts.footer')}
          value={draft.footer}
          readOnly={readOnly}
          problems={noProblems}
          hints={hints}
          onChange={(footer) => {
            change({ footer });
          }}
        />
      )}
    </Stack>
  );
}
