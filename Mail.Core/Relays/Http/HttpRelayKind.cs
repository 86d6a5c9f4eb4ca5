namespace Mail.Core.Relays.Http;

/// <summary>A provider's HTTP API as a kind of relay: its settings and how it treats messages.</summary>
/// <param name="Name">As in the API: `sendgrid`.</param>
/// <param name="Title">As people write it: `SendGrid`.</param>
/// <param name="Fields">In the order in which a form asks for them.</param>
public sealed record HttpRelayKind(RelayKind Kind, string Name, string Title, IReadOnlyList<RelayField> Fields, RelayProfile Profile)
{
    /// <summary>Every kind there is.</summary>
    public static IReadOnlyList<HttpRelayKind> All { get; } =
    [
        SendGridProvider.Description, SesProvider.Description, MailgunProvider.Description, PostmarkProvider.Description, ResendProvider.Description,
        GraphProvider.Description, GmailProvider.Description,
    ];

    /// <summary>Null when the kind is no HTTP API.</summary>
    public static HttpRelayKind? Find(RelayKind kind) => All.FirstOrDefault(known => known.Kind == kind);

    /// <summary>Null when nothing has that name.</summary>
    public static HttpRelayKind? Find(string name) => All.FirstOrDefault(known => known.Name.Equals(name, StringComparison.Ordinal));
}
