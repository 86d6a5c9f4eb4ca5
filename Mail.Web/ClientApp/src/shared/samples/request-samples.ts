import type { Sample } from '../components/code-samples';

/** A call, to be written as code. */
export interface SampleRequest {
  method: string;
  url: string;
  /** JSON; none for a call without a body. */
  body?: unknown;
  /** Where the code takes the API key from; the environment's MAIL_API_KEY without. */
  key?: string;
}

/** Plain, without packages where the language has what it takes. */
export const requestSamples = (request: SampleRequest): Sample[] => [
  { id: 'curl', name: 'curl', code: curl(request) },
  { id: 'js', name: 'JavaScript', code: javascript(request) },
  { id: 'python', name: 'Python', code: python(request) },
  { id: 'csharp', name: 'C#', code: csharp(request) },
];

const json = (body: unknown) => JSON.stringify(body, null, 2);

const indented = (text: string, by: string) => text.replaceAll('\n', `\n${by}`);

function curl({ method, url, body, key }: SampleRequest): string {
  const lines = [`curl ${method === 'GET' ? '' : `-X ${method} `}"${url}"`];
  lines.push(`-H "Authorization: Bearer ${key ?? '$MAIL_API_KEY'}"`);
  if (body !== undefined) {
    lines.push('-H "Content-Type: application/json"');
    lines.push(`-d '${json(body).replaceAll("'", "'\\''")}'`);
  }
  return lines.join(' \\\n  ');
}

function javascript({ method, url, body, key }: SampleRequest): string {
  const token = key ?? '${process.env.MAIL_API_KEY}';
  const quote = key === undefined ? '`' : "'";
  const lines = [`const answer = await fetch('${url}', {`];
  if (method !== 'GET') lines.push(`  method: '${method}',`);
  lines.push('  headers: {', `    Authorization: ${quote}Bearer ${token}${quote},`);
  if (body !== undefined) lines.push("    'Content-Type': 'application/json',");
  lines.push('  },');
  if (body !== undefined) lines.push(`  body: JSON.stringify(${indented(json(body), '  ')}),`);
  lines.push(
    '});',
    'if (!answer.ok) throw new Error(await answer.text());',
    'console.log(await answer.json());',
  );
  return lines.join('\n');
}

function python({ method, url, body, key }: SampleRequest): string {
  const lines = ['import json, os, urllib.request', ''];
  if (body !== undefined) lines.push(`body = ${pythonOf(body)}`);
  lines.push('request = urllib.request.Request(', `    "${url}",`, `    method="${method}",`);
  if (body !== undefined) lines.push('    data=json.dumps(body).encode(),');
  const token = key === undefined ? `f"Bearer {os.environ['MAIL_API_KEY']}"` : `"Bearer ${key}"`;
  lines.push('    headers={', `        "Authorization": ${token},`);
  if (body !== undefined) lines.push('        "Content-Type": "application/json",');
  lines.push(
    '    },',
    ')',
    'with urllib.request.urlopen(request) as answer:',
    '    print(json.load(answer))',
  );
  return lines.join('\n');
}

/** JSON in Python's words. */
function pythonOf(value: unknown, by = ''): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  const deeper = `${by}    `;
  if (Array.isArray(value))
    return value.length === 0 ? '[]' : `[${value.map((one) => pythonOf(one, by)).join(', ')}]`;
  if (typeof value === 'object') {
    const fields = Object.entries(value).map(
      ([name, one]) => `${deeper}"${name}": ${pythonOf(one, deeper)},`,
    );
    return fields.length === 0 ? '{}' : `{\n${fields.join('\n')}\n${by}}`;
  }
  return JSON.stringify(value);
}

function csharp({ method, url, body, key }: SampleRequest): string {
  const token = key === undefined ? 'Environment.GetEnvironmentVariable("MAIL_API_KEY")' : `"${key}"`;
  const name = method.charAt(0) + method.slice(1).toLowerCase();
  const lines = [
    'using System.Net.Http.Headers;',
    'using System.Text;',
    '',
    'using HttpClient http = new();',
  ];
  lines.push(`http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ${token});`);
  lines.push(`using HttpRequestMessage request = new(HttpMethod.${name}, "${url}");`);
  if (body !== undefined) {
    const content = indented(json(body), '    ');
    lines.push(
      'request.Content = new StringContent("""',
      `    ${content}`,
      '    """, Encoding.UTF8, "application/json");',
    );
  }
  lines.push(
    'using HttpResponseMessage answer = await http.SendAsync(request);',
    'answer.EnsureSuccessStatusCode();',
  );
  lines.push('Console.WriteLine(await answer.Content.ReadAsStringAsync());');
  return lines.join('\n');
}
