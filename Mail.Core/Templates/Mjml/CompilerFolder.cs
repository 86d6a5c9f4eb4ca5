using Mail.Core.Common;

namespace Mail.Core.Templates.Mjml;

/// <summary>Where the reference compiler is: the folder `templates` with its `compiler` and `node_modules`.</summary>
internal static class CompilerFolder
{
    private const string Name = "templates";

    /// <param name="configured">`Templates__CompilerPath`; null to look beside the host and, for a checkout, above it.</param>
    public static Result<string> Find(string? configured)
    {
        if (configured is not null) return Has(configured) ? Installed(configured) : Missing($"`Templates__CompilerPath` is {configured}, where there is no compiler/service.cjs.");
        for (DirectoryInfo? above = new(AppContext.BaseDirectory); above is not null; above = above.Parent)
            if (Has(Path.Combine(above.FullName, Name))) return Installed(Path.Combine(above.FullName, Name));
        return Missing("The folder `templates` was not found beside the host.");
    }

    public static Failure NotInstalled(string folder) => Missing($"Its packages are not installed: run `npm ci` in {Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))}/.");

    private static Result<string> Installed(string folder) => Directory.Exists(Path.Combine(folder, "node_modules", "mjml")) ? folder : NotInstalled(folder);

    private static bool Has(string folder) => File.Exists(Path.Combine(folder, "compiler", "service.cjs"));

    private static Failure Missing(string what) => new(FailureKind.Unavailable, "compiler_unavailable", $"MJML cannot be compiled here. {what} Templates that are published already are sent all the same.");
}
