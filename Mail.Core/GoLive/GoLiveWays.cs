using Mail.Core.Common;
using Mail.Core.Domains;
using Mail.Core.Feedback.Mailboxes;
using Mail.Core.Relays;
using Mail.Core.Relays.Http;
using Mail.Core.Relays.Setup;
using Mail.Protocol.Smtp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mail.Core.GoLive;

/// <summary>The way that mail goes, and the way back: domain, relays, bounces.</summary>
internal sealed class GoLiveWays(DomainSetup domains, RelaySetup relays, MailboxStore mailboxes, IConfiguration configuration, IHostEnvironment environment, IOptions<RelayOptions> options)
{
    private static readonly string[] _records = [DomainRecord.Dkim, DomainRecord.Spf, DomainRecord.Dmarc];

    public async Task<IReadOnlyList<GoLiveCheck>> RunAsync(ProjectId project, CancellationToken ct)
    {
        IReadOnlyList<DomainInSetup> all = await DomainsAsync(project, ct);
        IReadOnlyList<RelayInSetup> own = [.. (await relays.ListAsync(project, ct)).Where(relay => relay.Relay.IsEnabled)];
        (bool isReal, string way, bool isSafe, string protection) = own.Count > 0 ? Own(own) : Default();
        return
        [
            Domain(all), GoLiveChecks.Check(GoLiveRules.Relay, isReal, way), GoLiveChecks.Check(GoLiveRules.RelayTls, isReal && isSafe, protection), await BouncesAsync(project, all, own, ct),
        ];
    }

    private async Task<IReadOnlyList<DomainInSetup>> DomainsAsync(ProjectId project, CancellationToken ct)
    {
        List<DomainInSetup> all = [];
        foreach (SenderDomain domain in await domains.ListAsync(project, ct))
            if (await domains.FindAsync(project, domain.Id, ct) is { IsSuccess: true } found) all.Add(found.Value);
        return all;
    }

    /// <summary>One is enough to begin with; the others are named.</summary>
    private static GoLiveCheck Domain(IReadOnlyList<DomainInSetup> all)
    {
        string[] seen = [.. all.Select(domain => domain.Domain.IsUsable && Missing(domain) is [] ? $"{domain.Domain.Name}: verified" : $"{domain.Domain.Name}: {string.Join(", ", Missing(domain))} missing")];
        return GoLiveChecks.Check(GoLiveRules.SendingDomain, all.Any(domain => domain.Domain.IsUsable && Missing(domain) is []), seen.Length == 0 ? "no domain is set up" : string.Join("; ", seen.Take(10)));
    }

    private static string[] Missing(DomainInSetup domain) => [.. _records.Where(purpose => !Stands(domain, purpose))];

    /// <summary>Of keys, one that signs. A record that is not asked for, such as SPF where no relay's is known, does not stand either.</summary>
    private static bool Stands(DomainInSetup domain, string purpose) =>
        domain.Domain.Records.Any(state => state.Record.StartsWith($"{purpose} ", StringComparison.Ordinal) && state.Status is RecordStatus.Verified);

    private static (bool IsReal, string Way, bool IsSafe, string Protection) Own(IReadOnlyList<RelayInSetup> own)
    {
        string[] empty = [.. own.Where(relay => relay.Relay.Kind is "log" or "capture").Select(relay => relay.Relay.Name)];
        string[] broken = [.. own.Where(relay => relay.Problem is not null).Select(relay => relay.Relay.Name)];
        string[] open = [.. own.Where(relay => relay.Relay.Kind == "smtp" && relay.Settings?.Values.GetValueOrDefault("tls") is "none" or "opportunistic" or "required").Select(relay => relay.Relay.Name)];
        return (empty.Length == 0 && broken.Length == 0, Named(own.Select(relay => $"{relay.Relay.Name} ({relay.Relay.Kind})")) + (broken.Length == 0 ? "" : $"; unusable: {Named(broken)}"),
            open.Length == 0, open.Length == 0 ? "verified on every relay" : $"not verified: {Named(open)}");
    }

    private (bool IsReal, string Way, bool IsSafe, string Protection) Default()
    {
        try
        {
            RelaySettings settings = RelaySettings.Read(configuration, environment, options.Value);
            bool isReal = settings is { Kind: RelayKind.Smtp, Origin: "SMTP_HOST" };
            // A relay on this very machine has nobody in between.
            bool isSafe = settings.Server is { } server && (server.TlsPolicy is SmtpTlsPolicy.RequiredVerified || RelaySettings.IsThisComputer(server.Host));
            return (isReal, $"the default relay: {settings}", isSafe, settings.Server is { } shown ? $"TLS {shown.TlsPolicy}" : "no server");
        }
        catch (InvalidRelayException e)
        {
            return (false, e.Message, false, "no server");
        }
    }

    private async Task<GoLiveCheck> BouncesAsync(ProjectId project, IReadOnlyList<DomainInSetup> all, IReadOnlyList<RelayInSetup> own, CancellationToken ct)
    {
        string[] paths = [.. all.Where(domain => Stands(domain, DomainRecord.ReturnPath)).Select(domain => domain.Domain.Name)];
        string[] read = [.. (await mailboxes.ListAsync(project, ct)).Where(mailbox => mailbox.FailingSince is null).Select(mailbox => mailbox.Name)];
        string[] told = [.. own.Where(relay => HttpRelayKind.Find(relay.Relay.Kind) is { } kind && WebhookFields.Of(kind.Kind) is { } field && relay.Settings?.Values.ContainsKey(field.Name) is true).Select(relay => relay.Relay.Name)];
        string[] ways = [.. paths.Select(name => $"return path of {name}"), .. read.Select(name => $"mailbox {name}"), .. told.Select(name => $"webhook of {name}")];
        return GoLiveChecks.Check(GoLiveRules.Bounces, ways.Length > 0, ways.Length > 0 ? Named(ways) : "no return path, no bounce mailbox, no provider's webhook");
    }

    private static string Named(IEnumerable<string> names) => string.Join(", ", names.Take(10));
}
