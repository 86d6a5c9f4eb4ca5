/** `Acme <no-reply@example.com>` is shown as `Acme` where there is little room; a bare address stays as it is. */
export function senderName(from: string): string {
  const name = /^\s*"?(.*?)"?\s*<[^>]*>\s*$/.exec(from)?.[1];
  return name ? name.replaceAll('\\"', '"') : from;
}
