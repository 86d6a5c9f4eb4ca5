using Mail.Core.Database;
using Mail.Core.Messages;
using Mail.Core.Suppressions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Tests.Core.Suppressions;

internal static class Feeds
{
    public static SuppressionHashes Hashes(NpgsqlDataSource source) => new(new InstallationKeys(source, new EphemeralDataProtectionProvider(), TimeProvider.System));

    /// <summary>With the settings as they come.</summary>
    public static SuppressionFeed Of(SuppressionOptions? options = null) => new(new TestAddresses(Options.Create(new TestAddressOptions())), Options.Create(options ?? new SuppressionOptions()));
}
