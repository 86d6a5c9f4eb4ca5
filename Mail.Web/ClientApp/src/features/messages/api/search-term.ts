import type { MessageQuestion } from './list-messages';

export const searchFields = ['to', 'subject', 'tag', 'id'] as const;

export type SearchField = (typeof searchFields)[number];

const id = /^<?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(@|>|$)/i;
const messageId = /^<[^<>\s]+@[^<>\s]+>$/;
const tag = /^[\w-]+:[\w-]+$/;

/** What somebody means who types this: an id, an address, a tag, words of a subject; a single word is part of an address. */
export function understand(text: string): SearchField {
  const term = text.trim();
  if (id.test(term) || messageId.test(term)) return 'id';
  if (tag.test(term)) return 'tag';
  if (/\s/.test(term)) return 'subject';
  return 'to';
}

/** The condition that stands in the search box; others are shown beside it. */
export const searchedField = (question: MessageQuestion): SearchField | undefined =>
  searchFields.find((field) => question[field] !== undefined);

/** How the API reads a recipient. */
export const isBeginning = (recipient: string) => recipient.indexOf('@') > 0;
