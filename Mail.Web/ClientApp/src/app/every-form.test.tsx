import { act, fireEvent, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { commonFr } from '@/shared/i18n/common.fr';
import { allPages } from '@/testing/pages';
import {
  alertsIn,
  buttonsOf,
  type Health,
  openWholeConsole,
  signInDialog,
  signInWithin,
} from '@/testing/whole-console';

vi.mock('@/features/templates/components/monaco', async () => ({
  Monaco: (await import('@/features/templates/components/plain-editor')).PlainEditor,
}));

beforeEach(() => {
  vi.spyOn(HTMLFormElement.prototype, 'submit').mockImplementation(() => undefined);
});

type Field = HTMLInputElement | HTMLTextAreaElement;

/** Forms that send nothing to the API: they filter what is shown, or change what is sent later. What is sent then: unsaved-work.test.tsx of the templates. */
const quiet = /^\/(templates\/password-reset$|template-layouts\/)/;

/** What leads to a form: the words of buttons, one behind the other; `first of` takes the first that a list offers. */
const behind: Record<string, (string | string[])[]> = {
  '/account': [['Bakery', 'Nouveau projet']],
  '/relays/new': ['first of'],
  '/scheduled': ['Replanifier'],
  '/suppressions': ['Ajouter une adresse'],
  '/api-keys': ['Créer une clé', 'Modifier'],
  '/template-layouts': ['Nouvelle trame'],
  '/limits': ['Modifier'],
  '/domains': ['Ajouter une adresse'],
  '/campaigns/ca1': ['Ajouter un candidat'],
  '/mailboxes/providers': ['Connecter un fournisseur'],
};

/** Where a field takes only certain words, by its label. */
const typed: [RegExp, string][] = [];

const elsewhere = '/campaigns/new';

describe('every form', () => {
  it('keeps what was typed when it cannot be sent, and sends it when somebody has signed in again', async () => {
    const whole = openWholeConsole('fr');
    const complaints: string[] = [];
    const forms: string[] = [];

    const open = async (address: string, way: string[]) => {
      whole.setHealth('well');
      for (const close of document.querySelectorAll('[role=dialog] button[aria-label=Fermer]'))
        fireEvent.click(close);
      await whole.go(address === elsewhere ? '/webhooks' : elsewhere); // a page that is opened twice is the same page
      await whole.go(address);
      await whole.settled();
      for (const words of way) {
        if (words === 'first of') chooseFirst();
        else {
          const opener = await waitFor(() => {
            const [found] = buttonsOf(document.body, words);
            if (!found) throw new Error(`no button ${words}`);
            return found;
          });
          fireEvent.click(opener);
          await act(() => vi.dynamicImportSettled()); // some dialogs are loaded when they are wanted
        }
        await whole.settled();
      }
      return [
        ...(
          document.querySelector('[role=dialog]') ??
          document.querySelector('main') ??
          document.body
        ).querySelectorAll('form'),
      ];
    };

    const check = async (address: string, way: string[]) => {
      const count = (await open(address, way)).filter(isFilled).length;
      if (way.length > 0 && count === 0) throw new Error('no form behind it');
      for (let at = 0; at < count; at++) {
        const form = (await open(address, way)).filter(isFilled)[at];
        if (!form) throw new Error('the form is gone');
        const name = `${address} ${way.join(' ')} ${nameOf(form)}`;
        const fields = fieldsOf(form);
        for (const field of fields) type(field);
        const words = fields.map(({ value }) => value);
        const kept = (when: string) => {
          fields.forEach((field, index) => {
            if (!field.isConnected || field.value !== words[index])
              complaints.push(`${name}: ${field.name || labelOf(field)} is lost ${when}`);
          });
        };

        whole.setHealth('broken');
        await whole.queries.invalidateQueries();
        await whole.settled();
        kept('when the page cannot be refreshed');

        for (const health of ['unreachable', 'broken', 'forbidden'] satisfies Health[]) {
          whole.setHealth(health);
          const before = whole.sent.length;
          fireEvent.submit(form);
          await waitFor(() => {
            if (whole.sent.length === before) throw new Error(`${name}: nothing was sent`);
          });
          await whole.settled();
          kept(`when the API is ${health}`);
          const place = form.closest('[role=dialog]') ?? form.closest('section') ?? form.closest('main');
          const said = alertsIn(place).join();
          const wanted =
            health === 'unreachable'
              ? commonFr.problem.network_unreachable.title
              : health === 'broken'
                ? commonFr.problem.server.title
                : '';
          if (said === '' || !said.includes(wanted))
            complaints.push(`${name}: ${health}: ${said || 'nothing is said'}`);
        }

        whole.setHealth('ended');
        const before = whole.sent.length;
        fireEvent.submit(form);
        const dialog = await waitFor(() => {
          const found = signInDialog();
          if (!found) throw new Error(`${name}: nobody asks to sign in again`);
          return found;
        });
        kept('when the session ends');
        const refused = whole.sent.slice(before).filter((call) => !call.includes('/auth/'));
        whole.setHealth('well');
        const again = whole.sent.length;
        signInWithin(dialog);
        await waitFor(() => {
          const after = whole.sent.slice(again);
          if (!refused.every((call) => after.includes(call)))
            throw new Error(`${name}: it is not sent again`);
        });
        await whole.settled();
        forms.push(name);
      }
    };

    for (const { address, needsSession } of allPages()) {
      if (!needsSession) continue;
      const ways = (behind[address] ?? []).map((way) => [way].flat());
      for (const way of quiet.test(address) ? ways : [[], ...ways])
        await check(address, way).catch((error: unknown) => {
          complaints.push(`${address} ${way.join(' ')}: ${String(error).slice(0, 200)}`);
        });
    }

    expect(complaints).toEqual([]);
    expect(forms.length).toBeGreaterThan(20);
  }, 300_000);
});

const isFilled = (form: HTMLFormElement) => fieldsOf(form).length > 0;

const fieldsOf = (form: HTMLFormElement) =>
  [...form.querySelectorAll<Field>('input, textarea')].filter(
    (field) =>
      !field.readOnly &&
      !field.disabled &&
      !['checkbox', 'radio', 'hidden', 'search', 'file', 'date', 'time', 'month'].includes(field.type) &&
      !field.closest('[data-combobox], [aria-haspopup]') &&
      field.getAttribute('aria-haspopup') === null,
  );

const labelOf = (field: Field) => field.labels?.[0]?.textContent ?? field.getAttribute('aria-label') ?? '';

const nameOf = (form: HTMLFormElement) =>
  form.getAttribute('aria-label') ?? [...form.querySelectorAll('button')].at(-1)?.textContent ?? '';

const words: Partial<Record<string, string>> = {
  email: 'ada@example.com',
  url: 'https://example.com/',
  number: '7',
  password: 'correct horse battery',
  'datetime-local': '2031-01-02T10:30',
};

function chooseFirst() {
  const list = document.querySelector<HTMLSelectElement>('main select');
  const first = [...(list?.options ?? [])].find(({ disabled }) => !disabled);
  if (!list || !first) throw new Error('no list to choose from');
  fireEvent.change(list, { target: { value: first.value } });
}

function type(field: Field) {
  const special = typed.find(([label]) => label.test(labelOf(field)))?.[1];
  const value = special ?? (field.inputMode === 'numeric' ? '7' : (words[field.type] ?? 'typed words'));
  fireEvent.change(field, { target: { value } });
}
