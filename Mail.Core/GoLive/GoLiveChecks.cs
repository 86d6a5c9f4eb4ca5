using System.Globalization;
using System.Net;
using Mail.Core.Alerts;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Delivery;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Mail.Core.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.GoLive;

/// <summary>Whether a project, and the installation that it is on, are fit for real mail: each thing by itself, with what was seen. Changes nothing and sends nothing.</summary>
public sealed class GoLiveChecks
{
    private const int LongestContentDays = 365;

    private static readonly TimeSpan _exportGoodFor = TimeSpan.FromDays(30);

    private readonly IServiceProvider _services;

    internal GoLiveChecks(IServiceProvider services) => _services = services;

    public async Task<GoLiveReport> RunAsync(ProjectId project, CancellationToken ct)
    {
        DateTimeOffset now = Get<TimeProvider>().GetUtcNow();
        string? configured = Get<IOptions<BootstrapOptions>>().Value.ApiKey;
        GoLiveFacts facts = await GoLiveFacts.ReadAsync(Get<NpgsqlDataSource>(), project, string.IsNullOrEmpty(configured) ? [] : ApiKeyLookup.HashOf(configured), now, ct);
        IReadOnlyList<GoLiveCheck> ways = await _services.GetRequiredService<GoLiveWays>().RunAsync(project, ct);
        return new GoLiveReport(
        [
            Environment(), KeyRing(facts), Links(), .. ways, await RatesAsync(), await WorkerAsync(ct), Alerts(facts),
            Check(GoLiveRules.Webhooks, facts.FailingWebhooks == 0, $"{facts.Webhooks} webhooks, {facts.FailingWebhooks} of them failing or switched off by themselves"),
            Check(GoLiveRules.PostalAddress, facts is { CompanyName: not null, PostalAddress: not null }, $"company {Shown(facts.CompanyName)}, postal address {Shown(facts.PostalAddress)}"),
            Check(GoLiveRules.TwoFactor, facts is { Privileged: > 0, PrivilegedWithoutSecondStep: 0 }, $"{facts.Privileged} owners and administrators, {facts.PrivilegedWithoutSecondStep} of them without two-step sign-in"),
            Check(GoLiveRules.ApiKey, facts.LiveKeys > 0, $"{facts.LiveKeys} live keys beside the configured one"),
            Check(GoLiveRules.Retention, facts.KeepContentDays <= LongestContentDays, $"bodies are kept for {facts.KeepContentDays} days, history for {facts.KeepHistoryDays}"),
            Check(GoLiveRules.FirstMail, facts.RealMails > 0, facts.RealMails > 0 ? "a live message was taken by a relay" : "no live message was taken by a relay yet"),
            Check(GoLiveRules.Backup, facts.ExportedAt > now - _exportGoodFor, facts.ExportedAt is { } at ? string.Create(CultureInfo.InvariantCulture, $"last export {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : "never exported"),
        ]);
    }

    /// <summary>The configuration was written out.</summary>
    public Task ExportedAsync(ProjectId project, CancellationToken ct) => GoLiveFacts.ExportedAsync(Get<NpgsqlDataSource>(), project, Get<TimeProvider>().GetUtcNow(), ct);

    internal static GoLiveCheck Check(Cause rule, bool isOk, string seen) => new(rule, isOk, seen);

    private GoLiveCheck Environment() => Check(GoLiveRules.Production, Get<IHostEnvironment>().IsProduction(), $"environment {Get<IHostEnvironment>().EnvironmentName}");

    private GoLiveCheck KeyRing(GoLiveFacts facts)
    {
        int open = facts.KeyRing.Count(xml => !KeyRingStart.IsWrapped(xml));
        bool isOn = Get<KeyRingWrap>().IsOn;
        return Check(GoLiveRules.KeyRing, isOn && open == 0, $"{KeyRingWrap.Name} is {(isOn ? "" : "not ")}set; {facts.KeyRing.Length} keys, {open} of them in clear");
    }

    private GoLiveCheck Links()
    {
        Uri? api = Get<PublicUrl>().Value, console = Get<ConsoleUrl>().Value;
        return Check(GoLiveRules.PublicUrl, IsPublic(api) && IsPublic(console), $"{PublicUrl.Name} {Shown(api?.ToString())}, {ConsoleUrl.Name} {Shown(console?.ToString())}");
    }

    private static bool IsPublic(Uri? url) =>
        url is { Scheme: "https", IsLoopback: false } && (IPAddress.TryParse(url.Host.Trim('[', ']'), out IPAddress? address) ? PublicAddress.IsPublic(address) : url.Host.Contains('.', StringComparison.Ordinal));

    private async Task<GoLiveCheck> RatesAsync()
    {
        RedisAccess redis = Get<RedisAccess>();
        (bool answered, TimeSpan took) = await redis.AskAsync(database => database.PingAsync());
        return Check(GoLiveRules.RateLimits, answered, answered ? string.Create(CultureInfo.InvariantCulture, $"Redis answers in {took.TotalMilliseconds:0.0} ms") : redis.IsConfigured ? "Redis does not answer" : "no Redis is configured");
    }

    private async Task<GoLiveCheck> WorkerAsync(CancellationToken ct)
    {
        bool isSeen = await Get<WorkerHeartbeats>().AnySeenAsync(Get<IOptions<DeliveryOptions>>().Value.FallbackAfter, ct);
        return Check(GoLiveRules.Worker, isSeen, isSeen ? "a worker was seen in the last seconds" : "no worker is seen");
    }

    private GoLiveCheck Alerts(GoLiveFacts facts)
    {
        int installations = Get<IOptions<AlertOptions>>().Value.Addresses.Length;
        bool hasSender = Get<PlatformMail>().HasSender;
        return Check(GoLiveRules.Alerts, hasSender && facts.AlertEmails.Length + installations + facts.Owners > 0,
            $"{facts.AlertEmails.Length} addresses of the project, {installations} of the installation, {facts.Owners} owners; EMAIL_FROM is {(hasSender ? "" : "not ")}set");
    }

    private static string Shown(string? text) => text is null ? "is not set" : $"is {text.ReplaceLineEndings(", ")}";

    private T Get<T>() where T : notnull => _services.GetRequiredService<T>();
}
