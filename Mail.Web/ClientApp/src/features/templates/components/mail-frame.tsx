import { useEffect, useId, useRef, useState } from 'react';
import { inScheme } from '../model/color-scheme';
import classes from './mail-frame.module.css';

interface Props {
  html: string;
  title: string;
  width: 'desktop' | 'phone';
  scheme: 'light' | 'dark';
}

/**
 * A mail as its reader sees it, in a frame that can run nothing. The host gives the HTML back under a policy of its own (DraftPreview.cs);
 * each new state is loaded behind the one that is seen, so that nothing flickers, and stands where somebody had scrolled to.
 */
export function MailFrame({ html, title, width, scheme }: Props) {
  const shown = inScheme(html, scheme);
  const [pages, setPages] = useState([{ html: shown, turn: 0 }]);
  const last = pages.at(-1);
  if (last && last.html !== shown) setPages([...pages.slice(0, 1), { html: shown, turn: last.turn + 1 }]);
  return (
    <div className={classes.ground} data-width={width} data-scheme={scheme}>
      {pages.map((page, index) => (
        <Frame
          key={page.turn}
          html={page.html}
          title={title}
          covered={index > 0}
          onShown={() => {
            setPages((now) => now.filter(({ turn }) => turn >= page.turn));
          }}
        />
      ))}
    </div>
  );
}

interface FrameProps {
  html: string;
  title: string;
  /** Another one is still seen in its place. */
  covered: boolean;
  onShown: () => void;
}

function Frame({ html, title, covered, onShown }: FrameProps) {
  const name = useId();
  const form = useRef<HTMLFormElement>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  const posted = useRef(false);

  useEffect(() => {
    if (posted.current) return;
    posted.current = true;
    form.current?.submit();
  }, []);

  const arrived = () => {
    const page = frame.current;
    if (!posted.current || !page?.contentDocument) return;
    const before = page.previousElementSibling?.previousElementSibling;
    if (before instanceof HTMLIFrameElement)
      page.contentWindow?.scrollTo(0, before.contentWindow?.scrollY ?? 0);
    // A link in a mail leads to nowhere here: the policy would put an error in the mail's place.
    page.contentDocument.addEventListener('click', (event) => {
      event.preventDefault();
    });
    if (page.contentDocument.URL !== 'about:blank') onShown();
  };

  return (
    <>
      <form ref={form} action="/draft-preview" method="post" target={name} hidden>
        <input type="hidden" name="html" value={html} />
      </form>
      <iframe
        ref={frame}
        name={name}
        className={classes.frame}
        data-covered={covered || undefined}
        title={title}
        aria-hidden={covered || undefined}
        tabIndex={covered ? -1 : undefined}
        sandbox="allow-same-origin"
        referrerPolicy="no-referrer"
        onLoad={arrived}
      />
    </>
  );
}
