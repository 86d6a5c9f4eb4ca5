import { describe, expect, it } from 'vitest';
import { requestSamples } from './request-samples';

const codeOf = (id: string, request: Parameters<typeof requestSamples>[0]) =>
  requestSamples(request).find((sample) => sample.id === id)?.code ?? '';

describe('a call as code', () => {
  const send = {
    method: 'POST',
    url: 'https://mail.example.com/api/emails',
    body: { to: 'ada@example.com', text: "It's on", track: true, cc: null },
  };

  it('is a command that a shell takes as it is', () => {
    expect(codeOf('curl', send)).toBe(
      [
        'curl -X POST "https://mail.example.com/api/emails" \\',
        '  -H "Authorization: Bearer $MAIL_API_KEY" \\',
        '  -H "Content-Type: application/json" \\',
        `  -d '{\n  "to": "ada@example.com",\n  "text": "It'\\''s on",\n  "track": true,\n  "cc": null\n}'`,
      ].join('\n'),
    );
    expect(codeOf('curl', { method: 'GET', url: 'https://x/api/emails' })).not.toContain('-d');
  });

  it('is written in the words of each language', () => {
    expect(codeOf('python', send)).toContain('"track": True,\n    "cc": None,');
    expect(codeOf('js', send)).toContain('Authorization: `Bearer ${process.env.MAIL_API_KEY}`,');
    expect(codeOf('csharp', send)).toContain('new(HttpMethod.Post, "https://mail.example.com/api/emails")');
  });

  it('bears a key where one is given', () => {
    for (const { code } of requestSamples({ ...send, key: 'mk_live_1' })) expect(code).toMatch(/mk_live_1/);
  });
});
