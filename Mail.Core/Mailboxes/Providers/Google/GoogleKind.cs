using Mail.Core.Mailboxes.Providers.Http;

namespace Mail.Core.Mailboxes.Providers.Google;

/// <summary>Mailboxes of Google Workspace: the Directory API as an administrator, and the settings of Gmail as the mailbox's user, both by a service account with delegation.</summary>
internal sealed class GoogleKind(ProviderLine line) : MailboxProviderKind
{
    public const string UserMode = "user";
    public const string GroupMode = "group";

    private readonly OpenProviders _open = new();

    public override string Name => "google";

    public override string Title => "Google Workspace";

    public override IReadOnlyList<ProviderField> Fields { get; } =
    [
        new("service_account", "Service account key", "{\"type\":\"service_account\",...}", IsRequired: true, IsSecret: true, "The JSON key file of a service account with domain-wide delegation for the scopes of the guide.", value => GoogleKey.TryParse(value, out _) ? null : "must be the whole JSON file of a service account's key, with `client_email` and `private_key`."),
        new("admin", "Administrator", "admin@example.com", IsRequired: true, IsSecret: false, "In whose name accounts are managed: a user with the right to manage users and groups.", AddressProblem),
        new("mode", "Kind of mailbox", UserMode, IsRequired: false, IsSecret: false, "`user` (default): an account with its own licence. `group`: a group without one, whose mail the reader gets and sends.", value => value is UserMode or GroupMode ? null : "must be `user` or `group`."),
        new("reader", "Reader of the groups", "support@example.com", IsRequired: false, IsSecret: false, "With the mode `group`: the user who reads the groups' mail and sends in their name.", AddressProblem),
        new("org_unit", "Organisational unit", "/Mailboxes", IsRequired: false, IsSecret: false, "Where new users are put; by default the top one. Licences and rules may depend on it.", value => value.StartsWith('/') && value.Length <= 500 && !value.Any(char.IsControl) ? null : "must be a path that begins with a slash, such as /Mailboxes."),
        ProviderFields.Address("base_url", "Directory API address", "https://admin.googleapis.com", line),
        ProviderFields.Address("gmail_url", "Gmail API address", "https://gmail.googleapis.com", line),
        ProviderFields.Address("login_url", "Login address", "https://oauth2.googleapis.com", line),
    ];

    public override IMailboxProvider Open(ProviderScope scope, IReadOnlyDictionary<string, string> settings)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(settings);
        return _open.Get(scope, settings, () => Open(new ProviderValues(this, settings)));
    }

    private IMailboxProvider Open(ProviderValues values)
    {
        bool areGroups = values.Find("mode") == GroupMode;
        if (areGroups != values.Find("reader") is not null)
            return UnusableProvider.Because("`reader` belongs to the mode `group`, and is needed there.", "Name the user who reads the groups' mail, or take `reader` out for the mode `user`.");
        GoogleConnection connection = new(line, values, Title);
        return areGroups ? new GoogleGroupProvider(connection, values["reader"]) : new GoogleUserProvider(connection, values.Find("org_unit"));
    }

    private static string? AddressProblem(string value) =>
        value.Length <= 254 && value.IndexOf('@', StringComparison.Ordinal) is > 0 and int at && at == value.LastIndexOf('@') && at < value.Length - 1 && !value.AsSpan().ContainsAnyExceptInRange('!', '~') ? null : "must be an address of the organisation.";
}
