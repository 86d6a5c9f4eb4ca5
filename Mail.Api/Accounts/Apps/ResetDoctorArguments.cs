using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Suppressions;

namespace Mail.Api.Accounts.Apps;

/// <summary>What stands behind `doctor --flow password-reset` on the command line, and what its environment adds.</summary>
/// <param name="Code">Of an earlier run: nothing is requested then.</param>
/// <param name="NewPassword">For a live key, whose confirmation changes a real password; null where somebody can be asked, or nothing is confirmed.</param>
internal sealed record ResetDoctorArguments(Uri Server, string Key, string To, string? Code, bool Confirm, string? NewPassword, TimeSpan Wait, bool Json, string Language)
{
    public const string Flow = "password-reset", PasswordName = "MAIL_NEW_PASSWORD";

    public const string Usage = $$"""
        Usage: dotnet Mail.Api.dll doctor --flow password-reset --to ADDRESS --server URL [--code CODE] [--confirm] [--wait SECONDS] [--language en|fr] [--json]

        Goes through a forgotten password as your app's user would, step by step and timed: request, mail, code, confirmation, and the mail that tells of it.
          --to        a user of your app
          --server    the API, such as https://mail.example.com; without it MAIL_SERVER
          --confirm   with a live key: sets a new password of that user, for real. It stands in MAIL_NEW_PASSWORD, or in the file that
                      MAIL_NEW_PASSWORD_FILE names, or is asked for. A test key confirms anyway: it reaches the sandbox's app alone
          --code      with a live key and --confirm: the code out of the mail of an earlier run. Without it the code is asked for
          --wait      how long each mail is waited for, 30 seconds without it
          --language  of causes and remedies; without it by LANG
          --json      the findings as one JSON object
        {{CommandServer.KeyHelp}} It needs the scopes accounts:send, emails:read and project:read. With a test key the code is read in the sandbox.
        Exit code: 0 all is well, 1 something is wrong, 2 the command is not understood.
        """;

    /// <summary>Test keys set up, and reach, the sandbox alone.</summary>
    public bool IsTest => Key.StartsWith("mk_test_", StringComparison.Ordinal);

    public bool Confirms => Confirm || IsTest;

    /// <param name="canAsk">Whether somebody sits at the terminal.</param>
    public static Result<ResetDoctorArguments> Read(IReadOnlyList<string> args, Func<string, string?> environment, bool canAsk)
    {
        Dictionary<string, string> values = [];
        HashSet<string> flags = [];
        for (int i = 0; i < args.Count; i++)
        {
            if (args[i] is "--json" or "--confirm") flags.Add(args[i]);
            else if (args[i] is not ("--flow" or "--to" or "--server" or "--code" or "--wait" or "--language")) return Failure.Field(args[i], "is no option of the doctor of a flow.");
            else if (i + 1 == args.Count || args[i + 1].StartsWith("--", StringComparison.Ordinal)) return Failure.Field(args[i], "needs a value.");
            else values[args[i]] = args[++i];
        }

        if (values.GetValueOrDefault("--flow") != Flow) return Failure.Field("--flow", $"must be `{Flow}`: that is the flow there is.");
        if (!values.TryGetValue("--to", out string? to)) return Failure.Field("--to", "is missing: whose password is forgotten?");
        if (!NormalAddress.TryParse(to, out string? address, out string? error)) return Failure.Field("--to", $"is not an address: {error}");
        Result<Uri> server = CommandServer.Address(values.GetValueOrDefault("--server"), environment);
        if (!server.IsSuccess) return server.Failure;
        Result<string> key = CommandServer.Key(environment);
        if (!key.IsSuccess) return key.Failure;
        int wait = 30;
        if (values.TryGetValue("--wait", out string? given) && (!int.TryParse(given, out wait) || wait is < 1 or > 3600)) return Failure.Field("--wait", "must be a number of seconds from 1 to 3600.");
        Result<string> language = CommandServer.Language(values.GetValueOrDefault("--language"), environment);
        if (!language.IsSuccess) return language.Failure;
        Result<string?> password = CommandServer.Secret(PasswordName, environment);
        if (!password.IsSuccess) return password.Failure;

        string? code = values.GetValueOrDefault("--code");
        if (code is not null && (code.Length > 64 || !code.Any(char.IsAsciiDigit))) return Failure.Field("--code", "is no code: it has six digits.");
        ResetDoctorArguments read = new(server.Value, key.Value, address, code, flags.Contains("--confirm"), password.Value, TimeSpan.FromSeconds(wait), flags.Contains("--json"), language.Value);
        if (read.IsTest) return code is null ? read : Failure.Field("--code", "is for live keys: with a test key it is read in the sandbox.");
        if (code is not null && !read.Confirm) return Failure.Field("--code", "is used by `--confirm`, which sets a new password of that user.");
        if (!read.Confirm || canAsk) return read;
        if (code is null) return Failure.Field("--code", "is missing: nobody can be asked for it here. Run without `--confirm` first, and then with the code of the mail.");
        return string.IsNullOrEmpty(password.Value) ? Failure.Field(PasswordName, "must be set to the new password: nobody can be asked for it here.") : read;
    }
}
