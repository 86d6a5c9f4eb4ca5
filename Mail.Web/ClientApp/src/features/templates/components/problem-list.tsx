import { Badge, Paper, Text, Title, UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Marked } from '@/shared/components/marked';
import { type Problem, severities } from '../api/template';
import { partialOf, placeOf } from '../model/places';
import classes from './problem-list.module.css';

const colours = { error: 'red', warning: 'orange', note: 'blue' };

/** Everything that was found, the worst first; each leads to its place. */
export function ProblemList({
  problems,
  isRendering,
  onGo,
}: {
  problems: Problem[];
  isRendering: boolean;
  onGo?: (problem: Problem) => void;
}) {
  const { t } = useTranslation('templates');
  const id = useId();
  return (
    <Paper withBorder component="section" aria-labelledby={id} p={{ base: 'sm', sm: 'md' }}>
      <div className={classes.head}>
        <Title order={2} id={id} size="h5">
          {t('problems.title')}
        </Title>
        <ProblemCounts problems={problems} />
      </div>
      {problems.length === 0 && (
        <Text size="sm" c="dimmed">
          {t(isRendering ? 'problems.looking' : 'problems.none')}
        </Text>
      )}
      {problems.length > 0 && (
        <ul className={classes.list} data-whole={onGo === undefined || undefined}>
          {problems.map((problem, index) => (
            <li key={index} className={classes.item}>
              <Badge variant="light" color={colours[problem.severity]} size="sm" tt="none">
                {t(`problems.severity.${problem.severity}`)}
              </Badge>
              <span className={classes.words}>
                <Marked text={problem.message} /> <Where problem={problem} onGo={onGo} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Paper>
  );
}

export function ProblemCounts({ problems }: { problems: Problem[] }) {
  const { t } = useTranslation('templates');
  return (
    <span className={classes.counts} role="status">
      {severities.map((severity) => {
        const count = problems.filter((one) => one.severity === severity).length;
        return (
          count > 0 && (
            <Badge key={severity} variant="light" color={colours[severity]} tt="none">
              {t(`problems.count.${severity}`, { count })}
            </Badge>
          )
        );
      })}
    </span>
  );
}

function Where({ problem, onGo }: { problem: Problem; onGo?: (problem: Problem) => void }) {
  const { t } = useTranslation('templates');
  const { file, line, column } = problem;
  const words = line === null ? file : t('problems.where', { file, line, column: column ?? 1 });
  const partial = partialOf(file);
  if (partial) {
    return (
      <Link
        to="/template-layouts/$layoutKey"
        params={{ layoutKey: partial.layout }}
        search={{ part: partial.partial, line: line === null ? undefined : String(line) }}
        className={classes.where}
      >
        {words}
      </Link>
    );
  }
  if (!onGo || !placeOf(file)) return <span className={classes.file}>{words}</span>;
  return (
    <UnstyledButton
      className={classes.where}
      onClick={() => {
        onGo(problem);
      }}
    >
      {words}
    </UnstyledButton>
  );
}
