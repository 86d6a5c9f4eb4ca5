using Mail.Protocol.Dns;
using Microsoft.Extensions.Options;

namespace Mail.Core.Domains.Dns;

/// <summary>Asks DNS about senders' domains, without a cache: their owners set a record and look at once whether it is there.</summary>
public sealed class DomainDns(IDnsResolver resolver)
{
    public DomainDns(IOptions<DomainOptions> options, TimeProvider clock) : this(Make(options, clock))
    {
    }

    public IDnsResolver Resolver => resolver;

    private static DnsResolver Make(IOptions<DomainOptions> options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new DnsResolver(new DnsResolverOptions { Servers = options.Value.Servers, TryTimeout = options.Value.DnsTimeout, CacheSize = 0 }, clock);
    }
}
