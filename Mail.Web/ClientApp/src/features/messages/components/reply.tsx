import classes from './reply.module.css';

interface Props {
  code: number | null;
  enhancedCode: string | null;
  text: string | null;
}

/** The other server's answer, as it said it. */
export function Reply({ code, enhancedCode, text }: Props) {
  return (
    <code className={classes.reply}>
      {[code, enhancedCode, text].filter((part) => part !== null).join(' ')}
    </code>
  );
}
