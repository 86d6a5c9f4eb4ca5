import { Menu, Text, UnstyledButton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconChevronDown, IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayAs, roles, useWorkplace } from '@/shared/api/workplace';
import { type Session, switchProject } from '../api/session';
import classes from './project-switcher.module.css';

// Few visits make one.
const NewProjectDialog = lazy(() => import('./new-project-dialog'));

interface Props {
  session: Session;
  /** After a change: what is on the screen may not exist in the other project. */
  onSwitched: () => void;
}

/** Which project one works in, and the others that one may work in. */
export function ProjectSwitcher({ session, onSwitched }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const place = useWorkplace();
  const [making, setMaking] = useState(false);
  const mayMake = session.projects.some(({ role }) => mayAs(role, 'admin'));
  const name = place?.projectName ?? t('shell.noProject');

  if (session.projects.length < 2 && !mayMake) {
    return (
      <Text size="sm" fw={550} truncate>
        {name}
      </Text>
    );
  }
  return (
    <>
      <Menu position="bottom-start" withinPortal width={280}>
        <Menu.Target>
          <UnstyledButton className={classes.target} aria-label={t('shell.project', { name })}>
            <span className={classes.name}>{name}</span>
            <IconChevronDown size={14} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown className={classes.dropdown}>
          <Menu.Label>{t('shell.projects')}</Menu.Label>
          <Menu.RadioGroup
            value={place?.projectId ?? null}
            onChange={(id) => {
              if (id === place?.projectId) return;
              switchProject(queries, session, id);
              onSwitched();
            }}
          >
            {session.projects.map((project) => {
              const role = roles.find((one) => one === project.role);
              return (
                <Menu.RadioItem key={project.id} value={project.id}>
                  <span className={classes.entry}>{project.name}</span>
                  <Text component="span" display="block" size="xs" c="dimmed">
                    {role ? t(`shell.role.${role}`) : project.role}
                  </Text>
                </Menu.RadioItem>
              );
            })}
          </Menu.RadioGroup>
          {mayMake && (
            <>
              <Menu.Divider />
              <Menu.Item
                leftSection={<IconPlus size={16} aria-hidden />}
                onClick={() => {
                  setMaking(true);
                }}
              >
                {t('shell.newProject')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {making && (
        <Suspense>
          <NewProjectDialog
            onClose={() => {
              setMaking(false);
            }}
            onMade={onSwitched}
          />
        </Suspense>
      )}
    </>
  );
}
