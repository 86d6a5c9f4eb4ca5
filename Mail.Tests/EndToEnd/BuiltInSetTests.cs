using System.Text.Json;
using Mail.Core.Templates;
using Mail.Tests.Core.Templates;

namespace Mail.Tests.EndToEnd;

/// <summary>Every mail of the built-in set, in every language, from the request to the inbox.</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed class BuiltInSetTests(SharedMail shared)
{
    [Fact]
    public async Task Every_template_arrives_in_the_inbox_in_every_language()
    {
        Dictionary<string, RenderedEmail> expected = [];
        foreach (PublishedTemplate template in TemplateSamples.Catalog.All)
            foreach (string locale in template.Locales)
            {
                string recipient = $"{template.Key}-{locale}@set.example.net";
                await shared.Mail.SendAsync(new
                {
                    from = "Acme <no-reply@example.com>",
                    to = recipient,
                    template = new { id = template.Key, variables = TemplateSamples.Sample(template.Key), locale },
                });
                expected[recipient] = TemplateSamples.RenderSample(template.Key, locale);
            }

        Dictionary<string, JsonElement> arrived = await RunningMail.EventuallyAsync(ArrivedAsync, mails => expected.Keys.All(mails.ContainsKey), TimeSpan.FromSeconds(60));

        foreach ((string recipient, RenderedEmail mail) in expected)
        {
            Assert.Equal(mail.Subject, arrived[recipient].GetProperty("subject").GetString());
            Assert.Equal(Words(Unlinked(mail.Text, recipient)), Words(Unlinked(arrived[recipient].GetProperty("text").GetString()!, recipient)));
            Assert.Contains($"<title>{HtmlText.Escape(mail.Subject)}</title>", arrived[recipient].GetProperty("html").GetString(), StringComparison.Ordinal);
        }
    }

    private async Task<Dictionary<string, JsonElement>> ArrivedAsync()
    {
        JsonElement[] mails = JsonSerializer.Deserialize<JsonElement[]>(await shared.Mail.Inbox.GetStringAsync(new Uri("/email", UriKind.Relative)))!;
        return mails.Where(mail => mail.GetProperty("to")[0].GetProperty("address").GetString()!.EndsWith("@set.example.net", StringComparison.Ordinal))
            .ToDictionary(mail => mail.GetProperty("to")[0].GetProperty("address").GetString()!);
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Mail with an unsubscribe link gets the recipient's own in place of the sample's.</summary>
    private static string Unlinked(string text, string recipient) => recipient.StartsWith("digest-", StringComparison.Ordinal)
        ? string.Join('\n', text.Split('\n').Where(line => !line.Contains("unsubscribe", StringComparison.OrdinalIgnoreCase)))
        : text;
}
