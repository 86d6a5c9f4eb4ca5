using Mail.Core.Common;

namespace Mail.Tests.Architecture;

public sealed class FeatureBoundaryTests
{
    private static readonly string[] _shared = ["Common", "Database", "Messaging"];

    /// <summary>Database is not closed: the context lists the features' tables.</summary>
    private static readonly string[] _closed = ["Common", "Messaging"];

    [Fact]
    public void A_feature_of_Core_uses_only_the_public_types_of_another() =>
        Assert.Empty(FeatureBoundaries.Breaches(typeof(Failure).Assembly, "Mail.Core", _shared, _closed));

    [Fact]
    public void Each_way_to_break_the_rule_is_seen()
    {
        List<string> breaches = FeatureBoundaries.Breaches(typeof(FeatureBoundaryTests).Assembly, "Mail.Tests.Architecture.Synthetic", _shared, _closed);

        string[] guilty = [.. breaches.Select(breach => breach.Split(' ')[0].Split('.')[^1].Split('+')[0]).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(["CallsInABody", "CallsInAClosure", "CallsInAnAsyncBody", "HoldsAListOfIt", "NamesItsType", "UsesAFeature", "UsesANestedType"], guilty);
    }
}
