using Mail.Core.Common;
using Mail.Core.Relays.Http;

namespace Mail.Core.Relays.Setup;

/// <summary>A kind of relay that a project can set up.</summary>
/// <param name="Name">As in the API: `smtp`.</param>
/// <param name="Fields">Its settings, in the order in which a form asks for them.</param>
/// <param name="Profile">How it treats messages; null where that is the server's business.</param>
public sealed record RelayKindDescription(RelayKind Kind, string Name, Words Title, IReadOnlyList<RelayField> Fields, RelayProfile? Profile)
{
    /// <summary>Every kind there is.</summary>
    public static IReadOnlyList<RelayKindDescription> All { get; } =
    [
        new(RelayKind.Smtp, "smtp", new Words("SMTP server", "Serveur SMTP"), SmtpRelayKind.Fields, null),
        .. HttpRelayKind.All.Select(kind => new RelayKindDescription(kind.Kind, kind.Name, new Words(kind.Title, kind.Title), kind.Fields, kind.Profile)),
        new(RelayKind.Capture, "capture", new Words("Sandbox inbox (sends nothing)", "Boîte de test (n'envoie rien)"), [], null),
        new(RelayKind.Log, "log", new Words("Log line (sends nothing)", "Ligne de journal (n'envoie rien)"), [], null),
    ];

    public IReadOnlyList<SmtpPreset> Presets => Kind == RelayKind.Smtp ? SmtpPresets.All : [];

    /// <summary>Null when nothing has that name.</summary>
    public static RelayKindDescription? Find(string? name) => All.FirstOrDefault(known => known.Name.Equals(name, StringComparison.Ordinal));

    /// <returns>What is wrong with the settings, with the field's path; null when nothing is. A refusal repeats no secret.</returns>
    public Failure? Check(IReadOnlyDictionary<string, string> settings, HttpRelayEnvironment environment, string path)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(environment);
        return Kind switch
        {
            RelayKind.Smtp => SmtpRelayKind.Check(settings, environment.Options, environment.AllowPrivateAddresses, path),
            RelayKind.Log or RelayKind.Capture => settings.Count == 0 ? null : Failure.Field(path + settings.Keys.First(), $"is no setting of a {Name} relay; it has none."),
            _ => HttpRelayFactory.Check(Kind, settings, environment, path),
        };
    }
}
