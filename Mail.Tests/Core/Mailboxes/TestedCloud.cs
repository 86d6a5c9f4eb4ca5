using Mail.Core.Mailboxes.Providers;
using Mail.Core.Mailboxes.Providers.Google;
using Mail.Core.Mailboxes.Providers.Microsoft365;
using Mail.Core.Mailboxes.Providers.SendGrid;
using Mail.Core.Mailboxes.Providers.Ses;
using Mail.ProviderFakes;
using Mail.ProviderFakes.Google;
using Mail.ProviderFakes.Microsoft365;
using Mail.ProviderFakes.SendGrid;
using Mail.ProviderFakes.Ses;
using Mail.Tests.Core.Mailboxes.Providers;

namespace Mail.Tests.Core.Mailboxes;

/// <summary>A provider that the machine of mailboxes is tested with: one in memory, or a real client of ours before the fake of its cloud. A new one is a name, and a line in <see cref="StartAsync"/>.</summary>
internal abstract class TestedCloud : IAsyncDisposable
{
    public static IReadOnlyList<string> Names { get; } = ["memory", "sendgrid", "ses", "microsoft365", "google"];

    public abstract MailboxProviderKind Kind { get; }

    /// <summary>Those that open a connection.</summary>
    public abstract IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>One in which it lets addresses be made.</summary>
    public virtual string Domain => "example.com";

    /// <summary>The marks of all that is there of ours: of accounts, keys, senders. One for each mailbox.</summary>
    public abstract IReadOnlyCollection<string> Marks { get; }

    /// <summary>Whether a program may send with these.</summary>
    public abstract bool MaySend(MailboxCredentials credentials, string address);

    public static async Task<TestedCloud> StartAsync(string name) => name switch
    {
        "memory" => new InMemory(),
        "sendgrid" => new SendGrid(await FakeClouds.StartAsync()),
        "ses" => new Ses(await FakeClouds.StartAsync()),
        "microsoft365" => new Microsoft365(await FakeClouds.StartAsync()),
        "google" => new Google(await FakeClouds.StartAsync()),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such cloud."),
    };

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class InMemory : TestedCloud
    {
        private readonly MemoryProvider _memory = new();

        public override MailboxProviderKind Kind => _memory;

        public override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["base_url"] = "https://api.example", ["api_key"] = "k" };

        public override string Domain => MailboxScene.Domain;

        public override IReadOnlyCollection<string> Marks => [.. _memory.Accounts.Select(account => account.Mark)];

        public override bool MaySend(MailboxCredentials credentials, string address) => _memory.SignsIn(credentials.UserName, credentials.Password);
    }

    private abstract class Faked(FakeProviders fakes) : TestedCloud
    {
        protected FakeProviders Fakes => fakes;

        public override async ValueTask DisposeAsync()
        {
            Assert.Empty(fakes.Violations);
            await fakes.DisposeAsync();
            await base.DisposeAsync();
        }
    }

    private sealed class SendGrid(FakeProviders fakes) : Faked(fakes)
    {
        private SendGridFake Fake => Fakes.Get<SendGridFake>();

        public override MailboxProviderKind Kind { get; } = new SendGridKind(FakeClouds.Line());

        public override IReadOnlyDictionary<string, string> Settings => Fakes.Settings("sendgrid");

        public override IReadOnlyCollection<string> Marks => [.. Fake.Keys.Select(key => key.Name).Concat(Fake.Senders.Select(sender => sender.Nickname)).Where(IsOurs).Select(MarkIn)];

        public override bool MaySend(MailboxCredentials credentials, string address) => Fake.MaySend(credentials.Password);
    }

    private sealed class Ses(FakeProviders fakes) : Faked(fakes)
    {
        private SesFake Fake => Fakes.Get<SesFake>();

        public override MailboxProviderKind Kind { get; } = new SesKind(FakeClouds.Line());

        public override IReadOnlyDictionary<string, string> Settings => Fakes.Settings("ses");

        public override IReadOnlyCollection<string> Marks => [.. Fake.Iam.Users.Where(IsOurs).Select(MarkIn)];

        public override bool MaySend(MailboxCredentials credentials, string address) => Fake.MaySend(credentials.UserName, credentials.Password, address);
    }

    private sealed class Microsoft365 : Faked
    {
        public Microsoft365(FakeProviders fakes) : base(fakes)
        {
            (Tenant.HiddenReads, Tenant.MailboxReads, Tenant.LicensesByItself) = (0, 0, true); // what is made is there at once: waiting is tested elsewhere
            Dictionary<string, string> settings = new(fakes.Settings("microsoft365")) { ["smtp_auth"] = "true" };
            settings.Remove("licence");
            Settings = settings;
        }

        private FakeTenant Tenant => Fakes.Get<Microsoft365Fake>().Tenant;

        public override MailboxProviderKind Kind { get; } = new Microsoft365Kind(FakeClouds.Line());

        public override IReadOnlyDictionary<string, string> Settings { get; }

        public override IReadOnlyCollection<string> Marks => [.. Tenant.Users.Where(user => !user.IsDeleted && user.Attribute15 is not null && IsOurs(user.Attribute15)).Select(user => MarkIn(user.Attribute15!))];

        public override bool MaySend(MailboxCredentials credentials, string address) =>
            Tenant.Users.Any(user => !user.IsDeleted && user.AccountEnabled && user.UserPrincipalName == credentials.UserName && user.Password == credentials.Password);
    }

    private sealed class Google : Faked
    {
        public Google(FakeProviders fakes) : base(fakes) => (Organisation.HiddenReads, Organisation.IncompleteChanges, Organisation.MailboxReads) = (0, 0, 0);

        private FakeOrganisation Organisation => Fakes.Get<GoogleFake>().Organisation;

        public override MailboxProviderKind Kind { get; } = new GoogleKind(FakeClouds.Line());

        public override IReadOnlyDictionary<string, string> Settings => Fakes.Settings("google");

        public override IReadOnlyCollection<string> Marks =>
            [.. Organisation.Users.Where(user => !user.IsDeleted).SelectMany(user => user.ExternalIds.Select(id => id.Value)).Where(IsOurs).Select(MarkIn)];

        /// <summary>Programs send over our own submission; what is Google's is the password of the webmail.</summary>
        public override bool MaySend(MailboxCredentials credentials, string address) =>
            Organisation.Users.Any(user => user is { IsDeleted: false, IsSuspended: false } && user.PrimaryEmail == address && user.Password == credentials.WebPassword);
    }

    private const string Begin = "mail-mailbox-";

    private static bool IsOurs(string name) => name.Contains(Begin, StringComparison.Ordinal);

    private static string MarkIn(string name) => name.Substring(name.IndexOf(Begin, StringComparison.Ordinal), Begin.Length + 32);
}
