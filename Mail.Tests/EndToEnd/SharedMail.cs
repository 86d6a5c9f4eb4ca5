namespace Mail.Tests.EndToEnd;

/// <summary>One running system for the tests that only use it; those that break it start their own.</summary>
public sealed class SharedMail : IAsyncLifetime
{
    public RunningMail Mail { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Mail = await RunningMail.StartAsync();

    public ValueTask DisposeAsync() => Mail.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class SharedMailTests : ICollectionFixture<SharedMail>
{
    public const string Name = "the whole system";
}
