using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Domains;
using Mail.Protocol.Mime;
using Mail.Protocol.Reports;
using Microsoft.Extensions.Options;

namespace Mail.Core.Feedback;

/// <summary>
/// Return paths that name their delivery and are signed with a key of the installation (<see cref="VerpCodec"/>): what comes back to one is about that delivery and nobody
/// else could have made it up. Safe for many threads; a path costs a few microseconds.
/// </summary>
public sealed class ReturnPaths(InstallationKeys keys, ReturnPathHosts hosts, IOptions<FeedbackOptions> options)
{
    private VerpCodec? _codec;

    /// <summary>The domain of new paths where the sender's own has none; null when such mail leaves with its From as return path.</summary>
    public string? Domain => options.Value.ReturnPathDomain;

    /// <summary>A writer for the return paths of a sender's mail: at its own domain where DNS leads that to us (<see cref="ReturnPathHosts"/>), else at the installation's; null when there is neither.</summary>
    public async ValueTask<Func<ProjectId, DeliveryId, EmailAddress>?> WriterAsync(ProjectId sender, EmailAddress from, CancellationToken ct)
    {
        if ((await hosts.FindAsync(sender, from, ct) ?? Domain) is not { } domain) return null;
        VerpCodec codec = await CodecAsync(ct);
        return (project, delivery) => EmailAddress.Parse(codec.Encode(new VerpAddress(project.Value, delivery.Value), domain));
    }

    /// <summary>Reads an address; the domain does not matter, because it may have changed since, and the signature tells.</summary>
    /// <returns>Null for what we have not made.</returns>
    public async ValueTask<VerpAddress?> ReadAsync(string address, CancellationToken ct) => (await CodecAsync(ct)).TryDecode(address, out VerpAddress found) ? found : null;

    /// <summary>Whether return paths of ours may be at this domain, so that its postmaster is us.</summary>
    public async Task<bool> IsOursAsync(string domain, CancellationToken ct) => string.Equals(domain, Domain, StringComparison.OrdinalIgnoreCase) || await hosts.ContainsAsync(domain, ct);

    private async ValueTask<VerpCodec> CodecAsync(CancellationToken ct)
    {
        if (_codec is { } known) return known;
        List<byte[]> all = [];
        for (int number = options.Value.ReturnPathKey; number > 0; number--) all.Add(await keys.GetAsync(number == 1 ? "return-path" : $"return-path-{number}", ct));
        return _codec = new VerpCodec(all);
    }
}
