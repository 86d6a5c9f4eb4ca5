using Mail.Tests.Core.Delivery;
using Microsoft.Extensions.Options;

namespace Mail.Tests.Core.Relays;

/// <summary>A host with wrong settings does not start; it needs no database to find out.</summary>
public sealed class RelayStartTests
{
    private const string NoDatabase = "Host=127.0.0.1;Port=1;Timeout=1";

    [Fact]
    public async Task Production_without_a_mail_server_does_not_start_and_says_what_to_set()
    {
        await using TestWorker worker = TestWorker.Create(NoDatabase, settings: new() { ["BASE_URL"] = "https://mail.example.com", ["SECRET_KEY"] = "9tQm2VxK7bRw4LpZ8nCj3HsY6dFg5TqA" }, environment: "Production");

        OptionsValidationException refusal = await Assert.ThrowsAsync<OptionsValidationException>(worker.StartAsync);

        Assert.Contains("SMTP_HOST", Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Delivery:Lease", "00:00:01")]
    [InlineData("Delivery:BatchSize", "0")]
    [InlineData("Relay:MaxConnections", "0")]
    public async Task A_setting_out_of_its_range_stops_the_start(string name, string value)
    {
        await using TestWorker worker = TestWorker.Create(NoDatabase, settings: new() { [name] = value });

        OptionsValidationException refusal = await Assert.ThrowsAsync<OptionsValidationException>(worker.StartAsync);

        Assert.Contains(name.Split(':')[1], Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }

    [Theory, InlineData("Delivery:Leese"), InlineData("Relay:AllowCaptureInProd")]
    public async Task A_misspelt_setting_stops_the_start(string name)
    {
        await using TestWorker worker = TestWorker.Create(NoDatabase, settings: new() { [name] = "true" });

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(worker.StartAsync);

        Assert.Contains(name.Split(':')[1], refusal.Message, StringComparison.Ordinal);
    }
}
