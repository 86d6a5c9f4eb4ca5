using Microsoft.AspNetCore.DataProtection;
using Mail.Core.Database;
using System.Text;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Templates;
using Mail.Core.Templates.Storage;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Tests.Core.Messages;

public sealed class MessageComposerTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Headers_show_who_it_is_from_and_for_and_never_a_blind_copy()
    {
        StoredMessage message = Message(content: new MessageContent("<p>Hi</p>", "Hi", null, new Dictionary<string, string> { ["X-Order"] = "7" }, []));

        string mime = Text(await ComposeAsync(message));

        Assert.Contains("From: Shop <shop@example.org>\r\n", mime, StringComparison.Ordinal);
        Assert.Contains("To: a@example.com, Bob <b@example.com>\r\n", mime, StringComparison.Ordinal);
        Assert.Contains("Cc: c@example.com\r\n", mime, StringComparison.Ordinal);
        Assert.Contains("Reply-To: help@example.org\r\n", mime, StringComparison.Ordinal);
        Assert.Contains("Subject: Hello\r\n", mime, StringComparison.Ordinal);
        Assert.Contains("X-Order: 7\r\n", mime, StringComparison.Ordinal);
        Assert.Contains("Date: Sun, 01 Mar 2026 12:00:00 +0000\r\n", mime, StringComparison.Ordinal);
        Assert.Contains($"Message-ID: <{message.Id}@example.org>\r\n", mime, StringComparison.Ordinal);
        Assert.Contains("multipart/alternative", mime, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", mime, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_time_it_is_the_same_bytes_and_another_message_is_not()
    {
        MessageContent content = new("<p>Hi</p>", "Hi", null, new Dictionary<string, string>(), []);
        StoredMessage message = Message(content: content);

        byte[] first = (await ComposeAsync(message)).Mime.ToArray();

        Assert.Equal(first, (await ComposeAsync(message)).Mime.ToArray());
        Assert.NotEqual(first, (await ComposeAsync(Message(content: content))).Mime.ToArray());
    }

    [Fact]
    public async Task A_template_is_rendered_in_its_language()
    {
        Dictionary<string, JsonElement> variables = new() { ["code"] = JsonSerializer.SerializeToElement("834251") };

        ComposedEmail french = await ComposeAsync(Message(content: new MessageContent(null, null, new TemplateUse("password-reset", "1", "fr", variables), new Dictionary<string, string>(), [])));

        Assert.Contains("834251", french.Html, StringComparison.Ordinal);
        Assert.Contains("834251", french.Text, StringComparison.Ordinal);
        Assert.Contains("lang=\"fr\"", french.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attachments_are_loaded_in_their_order()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        AttachmentFacts[] facts = [new(0, "first.txt", "text/plain", null, 5), new(1, "second.txt", "text/plain", null, 6)];
        StoredMessage message = Message(content: new MessageContent(null, "Hi", null, new Dictionary<string, string>(), facts));
        AttachmentStore store = new(database.Source);
        await store.StoreAsync(message.ProjectId, message.Id, [Encoding.ASCII.GetBytes("first"), Encoding.ASCII.GetBytes("second")], CancellationToken.None);

        string mime = Text(await ComposeAsync(message, store));

        int first = mime.IndexOf("first.txt", StringComparison.Ordinal), second = mime.IndexOf("second.txt", StringComparison.Ordinal);
        Assert.InRange(first, 0, second);
        Assert.InRange(mime.IndexOf(Convert.ToBase64String("first"u8), StringComparison.Ordinal), first, second);
        Assert.True(mime.IndexOf(Convert.ToBase64String("second"u8), StringComparison.Ordinal) > second);
    }

    [Fact]
    public async Task What_makes_no_mail_says_why()
    {
        StoredMessage message = Message(content: new MessageContent(null, null, new TemplateUse("no-such", "1", "en", new Dictionary<string, JsonElement>()), new Dictionary<string, string>(), []));

        CompositionException refusal = await Assert.ThrowsAsync<CompositionException>(() => ComposeAsync(message));

        Assert.Contains("'no-such'", refusal.Message, StringComparison.Ordinal);
        Assert.True(refusal.DependsOnVersion);
    }

    [Theory, InlineData(true, false), InlineData(false, true)]
    public async Task Missing_variables_are_a_defect_only_of_a_message_of_this_templates_version(bool sameVersion, bool dependsOnVersion)
    {
        string version = sameVersion ? new TemplateCatalog().Find("password-reset")!.Version : "of another version";
        StoredMessage message = Message(content: new MessageContent(null, null, new TemplateUse("password-reset", version, "en", new Dictionary<string, JsonElement>()), new Dictionary<string, string>(), []));

        CompositionException refusal = await Assert.ThrowsAsync<CompositionException>(() => ComposeAsync(message));

        Assert.Equal(dependsOnVersion, refusal.DependsOnVersion);
    }

    /// <summary>Without attachments no database is asked.</summary>
    private static async Task<ComposedEmail> ComposeAsync(StoredMessage message, AttachmentStore? store = null)
    {
        await using NpgsqlDataSource nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Timeout=1");
        return await new MessageComposer(store ?? new AttachmentStore(nowhere), new TemplateDirectory(new TemplateCatalog(), new TemplateStore(nowhere), nowhere), new TemplateRenderer(Options.Create(new TemplateOptions())), new MessageSecrets(new InstallationKeys(nowhere, new EphemeralDataProtectionProvider(), TimeProvider.System))).ComposeAsync(message, CancellationToken.None);
    }

    private static StoredMessage Message(MessageContent content) => new(
        ProjectId.New(_noon), MessageId.New(_noon), _noon, Lane.Normal, false, DeliveryGuarantee.AtLeastOnce, "Hello",
        new MessageEnvelope("Shop <shop@example.org>", ["a@example.com", "Bob <b@example.com>"], ["c@example.com"], ["hidden@example.com"], ["help@example.org"], []), content, null, null);

    private static string Text(ComposedEmail email) => Encoding.UTF8.GetString(email.Mime.Span);
}
