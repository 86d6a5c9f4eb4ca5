using Mail.Tests.Core.Relays.Fakes;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Relays.Http;

/// <summary>
/// Every request fits the provider's own schema. All tests of this folder check that where the schemas are; these say by name where they are not.
/// Mailgun and the sendMail of Graph have no schema: their fakes check the fields that the documentation names.
/// </summary>
public sealed class ProviderSchemaTests
{
    [Theory, InlineData("sendgrid"), InlineData("postmark"), InlineData("resend"), InlineData("ses"), InlineData("gmail")]
    public async Task A_request_fits_the_providers_schema(string kind)
    {
        Skip();
        await using RelayBench bench = await RelayBench.StartAsync(kind);
        string[] to = ["Zoé Lefèvre <zoe@example.net>", "plain@example.net"];

        await bench.SendAsync(RelayBench.Message(RelayBench.Rich(to, ["chef@example.net"]), ["zoe@example.net", "plain@example.net", "chef@example.net", "hidden@example.net"]));
        await bench.SendAsync(RelayBench.Message(RelayBench.Sample([]), ["only-hidden@example.net"]));

        Assert.Equal(2, bench.Fake.Requests.Count(request => bench.Fake.Provider.Schema(request) is not null));
        Assert.Empty(bench.Fake.Violations);
        Assert.Equal(2, bench.Fake.Mails.Count);
    }

    /// <summary>Else the test above would hold for anything.</summary>
    [Theory]
    [InlineData("sendgrid", """{"from":{"email":"a@example.com"},"personalizations":[{"to":[{"email":"no address"}]}]}""")]
    [InlineData("sendgrid", """{"from":{"email":"a@example.com"},"personalizations":[{"to":[{"email":"b@example.net"}]}],"attachments":[{"filename":"f","content":"","contentId":"x"}]}""")]
    [InlineData("postmark", """{"From":"a@example.com","To":["b@example.net"]}""")]
    [InlineData("postmark", """{"From":"a@example.com","HTMLBody":"x"}""")]
    [InlineData("resend", """{"from":"a@example.com","to":["b@example.net"]}""")]
    [InlineData("resend", """{"from":"a@example.com","to":["b@example.net"],"subject":"s","replyTo":"x"}""")]
    [InlineData("ses", """{"Content":{"Raw":{"Data":"not base64"}}}""")]
    [InlineData("ses", """{"Destination":{"To":["b@example.net"]},"Content":{}}""")]
    [InlineData("gmail", """{"Raw":"abc"}""")]
    public async Task What_does_not_fit_is_found(string schema, string json)
    {
        Skip();
        Assert.NotEmpty(await SchemaValidator.CheckAsync(schema, json));
    }

    private static void Skip()
    {
        Corpora.Path("provider-apis");
        Assert.SkipUnless(SchemaValidator.IsPresent, "the npm packages of Mail.Tests/Core/Relays/Fakes are not installed (npm ci; test.sh does it)");
    }
}
