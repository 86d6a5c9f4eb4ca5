import '@mantine/spotlight/styles.css';

import { useMantineColorScheme } from '@mantine/core';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import {
  IconArrowsExchange,
  IconContrast,
  IconLanguage,
  IconMail,
  IconPlus,
  IconSearch,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Session, switchProject } from '@/features/auth/api/session';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { languages } from '@/shared/i18n/language';
import { useSwitchLanguage } from '@/shared/i18n/use-switch-language';
import { navigation } from './navigation';

interface Command {
  id: string;
  label: string;
  icon: ReactNode;
  run: () => void;
}

const [store, palette] = createSpotlight();
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Everything by the keyboard (Ctrl or Cmd and K): pages, what can be made, messages, other projects, language and colours. */
export default function CommandPalette({ session, onClose }: { session: Session; onClose: () => void }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const groups = useCommands(session, query.trim());
  useEffect(() => {
    palette.open();
  }, []);
  return (
    <Spotlight.Root
      store={store}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      scrollable
      attributes={{ content: { 'aria-label': t('shell.search') } }}
    >
      <Spotlight.Search
        placeholder={t('shell.searchPlace')}
        aria-label={t('shell.search')}
        leftSection={<IconSearch size={20} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {groups.map(({ label, commands }) => (
          <Spotlight.ActionsGroup key={label} label={label}>
            {commands.map((command) => (
              <Spotlight.Action
                key={command.id}
                label={command.label}
                leftSection={command.icon}
                onClick={command.run}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && <Spotlight.Empty>{t('shell.searchNothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** What fits what was typed; every word must be there, in any order, accents or not. */
function useCommands(session: Session, query: string) {
  const { t } = useTranslation();
  const messages = useMessageCommands(query);
  const go = usePageCommands();
  const make = useMakeCommands();
  const change = useChangeCommands(session);
  const words = plain(query).split(/\s+/);
  const fitting = (commands: Command[]) =>
    commands.filter(({ label }) => words.every((word) => plain(label).includes(word)));
  return [
    { label: t('shell.messages'), commands: messages },
    { label: t('shell.goTo'), commands: fitting(go) },
    { label: t('shell.actions'), commands: fitting([...make, ...change]) },
  ].filter(({ commands }) => commands.length > 0);
}

function useMessageCommands(query: string): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  if (uuid.test(query)) {
    return [
      {
        id: 'message',
        label: t('shell.openMessage', { id: query }),
        icon: <IconMail size={18} aria-hidden />,
        run: () => void navigate({ to: '/messages/$messageId', params: { messageId: query.toLowerCase() } }),
      },
    ];
  }
  if (!query.includes('@')) return [];
  return [
    {
      id: 'messages',
      label: t('shell.findMessages', { what: query }),
      icon: <IconMail size={18} aria-hidden />,
      run: () => void navigate({ to: '/messages', search: { to: query } }),
    },
  ];
}

function usePageCommands(): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const role = useWorkplace()?.role;
  return navigation
    .flatMap(({ destinations }) => destinations)
    .filter(({ least }) => !least || mayAs(role, least))
    .map(({ to, label, icon: Icon }) => ({
      id: to,
      label: t(label),
      icon: <Icon size={18} aria-hidden />,
      run: () => void navigate({ to }),
    }));
}

function useMakeCommands(): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const role = useWorkplace()?.role;
  const icon = <IconPlus size={18} aria-hidden />;
  if (!mayAs(role, 'developer')) return [];
  return [
    { id: 'new-relay', label: t('shell.newRelay'), icon, run: () => void navigate({ to: '/relays/new' }) },
    {
      id: 'new-webhook',
      label: t('shell.newWebhook'),
      icon,
      run: () => void navigate({ to: '/webhooks/new' }),
    },
    {
      id: 'new-campaign',
      label: t('shell.newCampaign'),
      icon,
      run: () => void navigate({ to: '/campaigns/new' }),
    },
  ];
}

function useChangeCommands(session: Session): Command[] {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const speak = useSwitchLanguage();
  const navigate = useNavigate();
  const here = useWorkplace()?.projectId;
  const { setColorScheme } = useMantineColorScheme();
  const projects = session.projects.filter(({ id }) => id !== here);
  return [
    ...projects.map(({ id, name }) => ({
      id: `project-${id}`,
      label: t('shell.switchTo', { name }),
      icon: <IconArrowsExchange size={18} aria-hidden />,
      run: () => {
        switchProject(queries, session, id);
        void navigate({ to: '/' });
      },
    })),
    ...languages.map(({ code, name }) => ({
      id: `language-${code}`,
      label: t('shell.useLanguage', { name }),
      icon: <IconLanguage size={18} aria-hidden />,
      run: () => {
        speak(code);
      },
    })),
    ...(['light', 'dark', 'auto'] as const).map((scheme) => ({
      id: `scheme-${scheme}`,
      label: t('shell.useScheme', { name: t(`shell.${scheme === 'auto' ? 'system' : scheme}`) }),
      icon: <IconContrast size={18} aria-hidden />,
      run: () => {
        setColorScheme(scheme);
      },
    })),
  ];
}
