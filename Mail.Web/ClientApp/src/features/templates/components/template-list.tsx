import { ActionIcon, Paper, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/components/moment';
import { addressOf, type TemplateSummary } from '../api/template';
import { LocaleBadges, StateBadges } from './template-badges';
import classes from './template-list.module.css';

/** One link per row, stretched over it: the whole row can be clicked, and the keyboard stops once. */
export function TemplateList({ templates, mayWrite }: { templates: TemplateSummary[]; mayWrite: boolean }) {
  const { t } = useTranslation('templates');
  return (
    <Paper withBorder>
      <ul className={classes.list} aria-label={t('list.title')}>
        {templates.map((template) => (
          <li key={template.id ?? template.key} className={classes.row}>
            <div className={classes.names}>
              <Link
                to="/templates/$templateId"
                params={{ templateId: addressOf(template) }}
                className={classes.link}
                title={template.name}
              >
                {template.name}
              </Link>
              <span className={classes.key}>{template.key}</span>
            </div>
            <div className={classes.state}>
              <StateBadges template={template} />
            </div>
            <div className={classes.locales}>
              <LocaleBadges locales={template.locales} />
            </div>
            <div className={classes.when}>
              {template.published_at !== null && (
                <>
                  {t('list.published')} <Moment at={template.published_at} />
                </>
              )}
              {template.published_at === null && !template.built_in && t('list.neverPublished')}
            </div>
            {mayWrite && <Duplicate template={template} />}
          </li>
        ))}
      </ul>
    </Paper>
  );
}

function Duplicate({ template }: { template: TemplateSummary }) {
  const { t } = useTranslation('templates');
  const label = t(template.built_in ? 'list.makeOwn' : 'list.duplicate', { name: template.name });
  return (
    <Tooltip label={label}>
      <ActionIcon
        className={classes.action}
        variant="subtle"
        color="gray"
        aria-label={label}
        renderRoot={(props) => <Link to="/templates/new" search={{ from: template.key }} {...props} />}
      >
        <IconCopy size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
