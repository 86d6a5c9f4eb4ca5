import { useTranslation } from 'react-i18next';
import { Marked } from '@/shared/components/marked';
import type { Parameter, Schema } from '../api/document';
import { typeWords } from '../api/shapes';
import classes from './reference.module.css';
import { useTypeWord } from './use-type-word';

/** What stands in the path, the query and the headers. */
export function Parameters({
  parameters,
  schemas,
}: {
  parameters: Parameter[];
  schemas: Record<string, Schema>;
}) {
  const { t } = useTranslation('reference');
  const word = useTypeWord();
  const place = (where: string) =>
    where === 'path' || where === 'query' || where === 'header' ? t(`in.${where}`) : where;
  return (
    <ul className={classes.fields} aria-label={t('parameters')}>
      {parameters.map(({ name, in: where, required, description, schema }) => (
        <li key={`${where} ${name}`} className={classes.field}>
          <div className={classes.fieldHead}>
            <code className={classes.fieldName}>{name}</code>
            <span className={classes.type}>
              {place(where)} · {schema ? typeWords(schema, schemas, word) : word('string')}
            </span>
            {required === true && <span className={classes.required}>{t('required')}</span>}
          </div>
          {description !== undefined && (
            <div className={classes.description}>
              <Marked text={description} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
