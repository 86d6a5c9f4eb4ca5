import { useTranslation } from 'react-i18next';
import { Marked } from '@/shared/components/marked';
import type { Schema } from '../api/document';
import { fieldsOf, resolve, typeWords } from '../api/shapes';
import classes from './reference.module.css';
import { useTypeWord } from './use-type-word';

interface Props {
  schema: Schema;
  schemas: Record<string, Schema>;
  /** Of a body it says what must be there; an answer has all of its fields. */
  isBody?: boolean;
  /** The names of the schemas around this one: what holds itself is shown once. */
  within?: string[];
}

/** The fields of a JSON object, those of what it holds folded away. */
export function Fields({ schema, schemas, isBody = false, within = [] }: Props) {
  return (
    <ul className={classes.fields}>
      {fieldsOf(schema, schemas).map((field) => (
        <li key={field.name} className={classes.field}>
          <Field {...field} schemas={schemas} isBody={isBody} within={within} />
        </li>
      ))}
    </ul>
  );
}

type FieldProps = Required<Props> & { name: string; required: boolean };

function Field({ name, schema, required, schemas, isBody, within }: FieldProps) {
  const { t } = useTranslation('reference');
  const word = useTypeWord();
  const { schema: real, name: called, nullable } = resolve(schema, schemas);
  const itemName = real.items ? resolve(real.items, schemas).name : undefined;
  const names = [called, itemName].filter((one) => one !== undefined);
  const inner = names.some((one) => within.includes(one)) ? [] : fieldsOf(schema, schemas);
  const description = schema.description ?? real.description;
  const words = real.enum?.filter((one) => typeof one === 'string');
  return (
    <>
      <div className={classes.fieldHead}>
        <code className={classes.fieldName}>{name}</code>
        <span className={classes.type}>
          {typeWords(schema, schemas, word)}
          {nullable && !isBody && ` ${t('orNull')}`}
        </span>
        {isBody && required && !nullable && <span className={classes.required}>{t('required')}</span>}
      </div>
      {description !== undefined && (
        <div className={classes.description}>
          <Marked text={description} />
        </div>
      )}
      {words && words.length > 0 && (
        <div className={classes.description}>
          <Marked text={words.map((one) => `\`${one}\``).join(', ')} />
        </div>
      )}
      {inner.length > 0 && (
        <details className={classes.inner}>
          <summary>{t('fieldsOf', { name })}</summary>
          <Fields schema={schema} schemas={schemas} isBody={isBody} within={[...within, ...names]} />
        </details>
      )}
    </>
  );
}
