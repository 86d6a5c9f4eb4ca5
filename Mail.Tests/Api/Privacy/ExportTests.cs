using System.Net;
using System.Text;
using System.Text.Json;
using Mail.Tests.Core.Privacy;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Privacy;

public sealed class ExportTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Everything_that_an_erasure_would_remove_stands_in_the_export_and_no_code_and_nothing_of_anybody_else()
    {
        await using PersonScene scene = await PersonScene.StartAsync(postgres);
        await scene.FillAsync();

        using HttpResponseMessage answer = await scene.Client.GetAsync(new Uri("/privacy/export?email=" + Uri.EscapeDataString(PersonScene.Address.ToUpperInvariant()), UriKind.Relative));
        string text = await answer.Content.ReadAsStringAsync();
        JsonElement export = JsonDocument.Parse(text).RootElement;

        Assert.Equal((HttpStatusCode.OK, "application/json", true), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.CacheControl?.NoStore));
        Assert.Equal(("privacy_export", "ada.lovelace+shop@example.com"), (export.GetProperty("object").GetString(), export.GetProperty("email").GetString()));
        Dictionary<string, JsonElement> messages = export.GetProperty("messages").EnumerateArray().ToDictionary(message => message.GetProperty("id").GetString()!);
        foreach (string name in (string[])["whole", "code", "soft", "shared", "later", "sharedlater", "raw", "rawshared", "rawlarge", "captured", "bulk"])
            Assert.Equal("recipient", messages[scene.Ids[name]].GetProperty("role").GetString());
        foreach (string name in (string[])["mention", "rawmention"]) Assert.Equal("named", messages[scene.Ids[name]].GetProperty("role").GetString());
        foreach (string name in (string[])["longer", "abroad", "hardbob"]) Assert.False(messages.ContainsKey(scene.Ids[name]));

        JsonElement whole = messages[scene.Ids["whole"]];
        Assert.Contains("Dear " + PersonScene.Address, whole.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("<a href", whole.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Equal($"File of {PersonScene.Address}", Encoding.UTF8.GetString(whole.GetProperty("attachments")[0].GetProperty("content").GetBytesFromBase64()));
        Assert.Equal(("complained", PersonScene.Address), (whole.GetProperty("recipients")[0].GetProperty("state").GetString(), whole.GetProperty("recipients")[0].GetProperty("recipient").GetString()));
        Assert.Equal(("who", PersonScene.Address), (whole.GetProperty("tags")[0].GetProperty("name").GetString(), whole.GetProperty("headers").GetProperty("X-Customer").GetString()));
        Assert.Contains("Content-Transfer-Encoding: base64", Encoding.UTF8.GetString(messages[scene.Ids["raw"]].GetProperty("mail").GetBytesFromBase64()), StringComparison.Ordinal);
        Assert.True(messages[scene.Ids["rawlarge"]].GetProperty("mail").GetBytesFromBase64().Length > 128 * 1024);
        Assert.Contains("Subject: Captured", Encoding.UTF8.GetString(messages[scene.Ids["captured"]].GetProperty("captured")[0].GetProperty("mail").GetBytesFromBase64()), StringComparison.Ordinal);
        JsonElement code = messages[scene.Ids["code"]];
        Assert.True(code.TryGetProperty("content_withheld", out _) && !code.TryGetProperty("template", out _));
        Assert.Single(messages[scene.Ids["shared"]].GetProperty("recipients").EnumerateArray());
        Assert.Empty(messages[scene.Ids["shared"]].GetProperty("bcc").EnumerateArray());

        Assert.Equal(["complaint", "unsubscribe"], export.GetProperty("suppressions").EnumerateArray().Select(one => one.GetProperty("reason").GetString()).Order());
        foreach (string name in (string[])["soft_bounces", "events", "webhook_queue", "webhook_attempts", "idempotency_keys", "action_links", "alerts", "tracking_objections", "member_invitations", "quoted_in_suppressions", "quoted_in_templates", "quoted_in_template_versions"])
            Assert.True(export.GetProperty(name).GetArrayLength() > 0, name);
        Assert.False(Traces.Says(text, "493817"));
        Assert.DoesNotContain("Elsewhere", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_somebody_who_is_not_known_there_is_nothing_to_tell()
    {
        await using PersonScene scene = await PersonScene.StartAsync(postgres);

        JsonElement export = await scene.Client.GetAsync("/privacy/export?email=nobody@example.com", HttpStatusCode.OK);

        Assert.All(export.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.Array), field => Assert.Equal(0, field.Value.GetArrayLength()));
    }
}
