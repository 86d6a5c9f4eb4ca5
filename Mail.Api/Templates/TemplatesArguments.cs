using Mail.Api.Http;
using Mail.Core.Common;

namespace Mail.Api.Templates;

/// <summary>What stands behind `templates` on the command line.</summary>
internal sealed record TemplatesArguments(string Action, string Folder, Uri Server, bool Prune, bool Published, string? State, string? Note)
{
    public const string Usage = """
        Usage: dotnet Mail.Api.dll templates export|plan|apply DIR --server URL [--prune] [--state STATE] [--note TEXT] [--published]

        Carries all templates and layouts of a project from one environment to another as a folder.
          export       writes them into DIR
          plan         shows what an apply of DIR would change, and everything that hinders it
          apply        makes the project what DIR says: all at once, or nothing
          --server     the API, such as https://mail.example.com; without it MAIL_SERVER
          --prune      plan and apply: removes templates and layouts that DIR does not have
          --state      apply: the state that a plan has shown; refused when the project was changed since
          --note       apply: what is new, for colleagues
          --published  export: what messages take, in place of the drafts
        The API key, of the project, stands in MAIL_API_KEY, or in the file that MAIL_API_KEY_FILE names.
        Exit code: 0 done, or no difference; 1 it did not work, or something hinders an apply; 2 plan has found differences.
        """;

    public static Result<TemplatesArguments> Read(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        if (args is not [var action, var folder, ..] || action is not ("export" or "plan" or "apply") || folder.StartsWith("--", StringComparison.Ordinal))
            return Failure.Field("templates", "needs one of `export`, `plan` and `apply`, and a folder.");
        Dictionary<string, string> values = [];
        HashSet<string> flags = [];
        for (int i = 2; i < args.Count; i++)
        {
            if (args[i] is "--prune" or "--published") flags.Add(args[i]);
            else if (args[i] is not ("--server" or "--state" or "--note")) return Failure.Field(args[i], "is no option of `templates`.");
            else if (i + 1 == args.Count) return Failure.Field(args[i], "needs a value.");
            else values[args[i]] = args[++i];
        }

        Result<Uri> server = CommandServer.Address(values.GetValueOrDefault("--server"), environment);
        if (!server.IsSuccess) return server.Failure;
        return new TemplatesArguments(action, folder, server.Value, flags.Contains("--prune"), flags.Contains("--published"), values.GetValueOrDefault("--state"), values.GetValueOrDefault("--note"));
    }
}
