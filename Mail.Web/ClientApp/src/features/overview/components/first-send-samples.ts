interface Sample {
  name: 'curl' | 'csharp' | 'js' | 'python' | 'smtp';
  code: string;
}

/**
 * The same first mail five times. By HTTP it goes through the console's own address: wherever this page was opened from, that works from there too.
 * @param place where the page stands
 */
export function firstSendSamples(
  place: Pick<Location, 'origin' | 'hostname'>,
  apiRoot: string,
  locale: string,
): Sample[] {
  const url = `${place.origin}${apiRoot}/emails`;
  const mail = {
    from: 'Acme <hello@example.com>',
    to: 'ada@example.com',
    template: { id: 'password-reset', variables: { name: 'Ada', code: '493817' }, locale },
  };
  const json = JSON.stringify(mail, null, 2);
  return [
    {
      name: 'curl',
      code: [
        `curl ${url} \\`,
        `  -H "Authorization: Bearer $MAIL_API_KEY" \\`,
        `  -H "Content-Type: application/json" \\`,
        `  -d '${json}'`,
      ].join('\n'),
    },
    {
      name: 'csharp',
      code: `using System.Net.Http.Headers;
using System.Net.Http.Json;

using HttpClient client = new();
client.DefaultRequestHeaders.Authorization =
    new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("MAIL_API_KEY"));
using HttpResponseMessage answer = await client.PostAsJsonAsync("${url}", new
{
    from = "${mail.from}",
    to = "${mail.to}",
    template = new { id = "password-reset", variables = new { name = "Ada", code = "493817" }, locale = "${locale}" },
});
Console.WriteLine(await answer.Content.ReadAsStringAsync());`,
    },
    {
      name: 'js',
      code: `const answer = await fetch('${url}', {
  method: 'POST',
  headers: {
    Authorization: \`Bearer \${process.env.MAIL_API_KEY}\`,
    'Content-Type': 'application/json',
  },
  body: JSON.stringify(${json.replaceAll('\n', '\n  ')}),
});
console.log(await answer.json());`,
    },
    {
      name: 'python',
      code: `import json, os, urllib.request

request = urllib.request.Request(
    "${url}",
    json.dumps(${json.replaceAll('\n', '\n    ')}).encode(),
    {
        "Authorization": f"Bearer {os.environ['MAIL_API_KEY']}",
        "Content-Type": "application/json",
    },
)
print(urllib.request.urlopen(request).read().decode())`,
    },
    {
      name: 'smtp',
      code: `swaks --server ${place.hostname} --port 2587 --tls \\
  --auth PLAIN --auth-user mail --auth-password "$MAIL_API_KEY" \\
  --from hello@example.com --to ada@example.com \\
  --header "Subject: My first mail" --body "It works."`,
    },
  ];
}
