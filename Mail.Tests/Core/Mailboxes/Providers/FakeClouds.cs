using Mail.Core.Mailboxes.Providers;
using Mail.Core.Mailboxes.Providers.Http;
using Mail.ProviderFakes;
using Mail.Tests.Core.Relays.Fakes;

namespace Mail.Tests.Core.Mailboxes.Providers;

/// <summary>The providers of mailboxes on a port of this machine; where their own schemas are present, no request passes that does not fit.</summary>
internal static class FakeClouds
{
    public static Task<FakeProviders> StartAsync() => FakeProviders.StartAsync(new FakeOptions { Validate = SchemaValidator.IsPresent ? SchemaValidator.CheckAsync : null });

    /// <summary>With a patience that lets a test see its end.</summary>
    public static ProviderLine Line(TimeProvider? clock = null, TimeSpan? patience = null) => new(clock ?? TimeProvider.System, allowPrivateAddresses: true, patience ?? TimeSpan.FromSeconds(20));

    public static MailboxOrder Order(string address = "support@example.com", string name = "Support", Guid? id = null) => new(id ?? Guid.CreateVersion7(), address, name);

    public static ProviderScope Scope() => new(Mail.Core.Common.ProjectId.New(TimeProvider.System.GetUtcNow()), Guid.CreateVersion7(), 1);
}
