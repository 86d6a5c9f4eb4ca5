using System.Text.Json;
using Mail.Core.Messages;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Relays;

public sealed class LogRelayTests(PostgresFixture postgres)
{
    private static readonly string[] _secrets = ["834251", "834 251", "one-time body", "alice@example.com", "alice"];

    /// <summary>At every level and from every part of the worker.</summary>
    [Fact]
    public async Task Without_a_mail_server_a_line_says_so_and_no_line_holds_a_code_a_body_or_an_address()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["alice@example.com"], subject: "834251 is your code", text: "one-time body 834251");
        Dictionary<string, JsonElement> variables = new() { ["code"] = JsonSerializer.SerializeToElement("834251"), ["name"] = JsonSerializer.SerializeToElement("alice") };
        await database.AddMessageAsync(["alice@example.com"], Lane.Critical, subject: "834251 is your code", template: new TemplateUse("password-reset", "1", "en", variables));
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString);

        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries WHERE state = 'sent' AND relay = 'log'") == 2);

        Assert.Equal(2, worker.Log.All.Count(line => line.Contains("[DEV MODE]", StringComparison.Ordinal) && line.Contains("a***@example.com", StringComparison.Ordinal)));
        foreach (string secret in _secrets)
            Assert.DoesNotContain(worker.Log.All, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }
}
