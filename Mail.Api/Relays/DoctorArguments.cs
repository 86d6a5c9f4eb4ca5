using Mail.Core.Common;
using Mail.Core.Relays;
using Mail.Core.Relays.Doctor;
using Mail.Protocol.Mime;

namespace Mail.Api.Relays;

/// <summary>What stands behind `doctor` on the command line.</summary>
internal sealed record DoctorArguments(string? Relay, ProjectId? Project, DoctorQuestion Question, bool Json, string Language)
{
    public const string Usage = """
        Usage: dotnet Mail.Api.dll doctor [--to ADDRESS] [--from ADDRESS] [--relay NAME] [--project ID] [--wait SECONDS] [--language en|fr] [--json]

        Finds out step by step whether mail can go out, and what to change when not. Nothing is sent without --to.
          --to        who shall get a real mail, on the way that every mail goes
          --from      its sender; without it EMAIL_FROM, or one that the relay takes
          --relay     a relay of a project; without it the default relay (SMTP_HOST and its siblings)
          --project   the project that the relay belongs to, or that the mail is sent for
          --wait      how long the fate of the mail is waited for, 30 seconds without it
          --language  of causes and remedies; without it by LANG
          --json      the findings as one JSON object
          --production  says of a server what is ready for real mail instead; see doctor --production --help
          --flow      password-reset: goes through a forgotten password over the API instead; see doctor --flow password-reset --help
        Exit code: 0 all is well, 1 something is wrong, 2 the command is not understood.
        """;

    public static Result<DoctorArguments> Read(IReadOnlyList<string> args)
    {
        Dictionary<string, string> values = [];
        bool json = false;
        for (int i = 0; i < args.Count; i++)
        {
            if (args[i] == "--json") json = true;
            else if (args[i] is not ("--to" or "--from" or "--relay" or "--project" or "--wait" or "--language")) return Failure.Field(args[i], "is no option of the doctor.");
            else if (i + 1 == args.Count || args[i + 1].StartsWith("--", StringComparison.Ordinal)) return Failure.Field(args[i], "needs a value.");
            else values[args[i]] = args[++i];
        }

        EmailAddress? to = null, from = null;
        if (values.TryGetValue("--to", out string? given) && !EmailAddress.TryParse(given, out to, out string? error)) return Failure.Field("--to", $"is not an address: {error}");
        if (values.TryGetValue("--from", out given) && !EmailAddress.TryParse(given, out from, out error)) return Failure.Field("--from", $"is not an address: {error}");
        Guid project = default;
        if (values.TryGetValue("--project", out given) && !Guid.TryParse(given, out project)) return Failure.Field("--project", "is not the id of a project.");
        int wait = 30;
        if (values.TryGetValue("--wait", out given) && (!int.TryParse(given, out wait) || wait is < 1 or > 3600)) return Failure.Field("--wait", "must be a number of seconds from 1 to 3600.");
        string language = values.GetValueOrDefault("--language") ?? (Environment.GetEnvironmentVariable("LANG")?.StartsWith("fr", StringComparison.Ordinal) is true ? "fr" : "en");
        if (language is not ("en" or "fr")) return Failure.Field("--language", "must be `en` or `fr`.");
        string? relay = values.GetValueOrDefault("--relay");
        return new DoctorArguments(
            relay == RelaySettings.Name ? null : relay, values.ContainsKey("--project") ? new ProjectId(project) : null,
            new DoctorQuestion { To = to, From = from, SendLimit = TimeSpan.FromSeconds(wait) }, json, language);
    }
}
