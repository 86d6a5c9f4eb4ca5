using Mail.Core.Messages;
using Mail.Core.Suppressions;
using Microsoft.Extensions.Options;

namespace Mail.Tests.Core.Suppressions;

internal static class Feeds
{
    /// <summary>With the settings as they come.</summary>
    public static SuppressionFeed Of(SuppressionOptions? options = null) => new(new TestAddresses(Options.Create(new TestAddressOptions())), Options.Create(options ?? new SuppressionOptions()));
}
