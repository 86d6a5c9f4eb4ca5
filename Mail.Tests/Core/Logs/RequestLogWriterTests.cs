using Mail.Core.Common;
using Mail.Core.Logs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Tests.Core.Logs;

public sealed class RequestLogWriterTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("  ", null)]
    [InlineData("curl/8.5.0", "curl/8.5.0")]
    [InlineData("shop/1 (+mailto:ada@example.com; x)", "shop/1 ([address]; x)")]
    [InlineData("shop/1 ada%40example.com", "shop/1 [address]")]
    [InlineData("café\t1", "caf??1")]
    public void An_app_is_named_without_addresses(string? agent, string? kept) => Assert.Equal(kept, RequestLog.AgentOf(agent));

    /// <summary>Nothing listens at that port, and the queue has room for a hundred.</summary>
    [Fact]
    public async Task A_call_never_waits_for_its_log_and_what_is_lost_is_counted()
    {
        await using NpgsqlDataSource nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Timeout=1;Database=x;Username=x");
        Dictionary<string, long> lines = [];
        using System.Diagnostics.Metrics.MeterListener listener = new() { InstrumentPublished = (instrument, all) => { if (instrument.Name == "mail.request_log.lines") all.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => { lock (lines) { string outcome = (string)tags[0].Value!; lines[outcome] = lines.GetValueOrDefault(outcome) + count; } });
        listener.Start();
        using RequestLog log = new(nowhere, Options.Create(new RequestLogOptions { MostWaiting = 100, Interval = TimeSpan.FromMilliseconds(10) }), TimeProvider.System, NullLogger<RequestLog>.Instance);

        for (int i = 0; i < 150; i++) log.Add(Call());
        await log.StartAsync(TestContext.Current.CancellationToken);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        await log.StopAsync(TestContext.Current.CancellationToken);

        lock (lines) Assert.True(lines["full"] >= 50 && lines["failed"] >= 100, string.Join(", ", lines));
    }

    private static LoggedRequest Call() =>
        new(ProjectId.New(DateTimeOffset.UtcNow), UuidV7.New(DateTimeOffset.UtcNow), DateTimeOffset.UtcNow, Guid.NewGuid(), false, "GET", "/emails", 200, null, TimeSpan.FromMilliseconds(1), null, null, null, []);
}
