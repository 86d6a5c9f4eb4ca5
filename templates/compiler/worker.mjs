// One compile at a time in a thread of its own, so that the pool can end a compile that takes too long or too much memory.
import { parentPort } from 'node:worker_threads';
import mjml2html from 'mjml';

// A note to colleagues is nobody else's business; what stands between <!--[if mso]> and <![endif]--> is Outlook's.
const notes = /<!--(?!\[if\b|<!\[endif|>)[\s\S]*?-->/g;

parentPort.on('message', async ({ source }) => {
  try {
    const { html, errors } = await mjml2html(source, {
      ignoreIncludes: true, // includes are resolved before, from the project's own layouts: no file is ever read
      useMjmlConfigOptions: false,
      validationLevel: 'soft',
    });
    parentPort.postMessage({ html: html.replace(notes, ''), problems: errors.map(({ line, message, tagName }) => ({ line, message, tag: tagName })) });
  } catch (failure) {
    // "Malformed MJML", a tag that is not closed: the parser's own words, some of which carry a line.
    parentPort.postMessage({ html: null, problems: [{ line: null, message: String(failure?.message ?? failure), tag: null }] });
  }
});
parentPort.postMessage({ ready: true });
