namespace Mail.Tests.Support;

/// <summary>
/// Mail written by others, and programs to test against: data beside the checkout (<c>../shared/corpora</c>, <c>../shared/tools</c>) or where
/// <c>MAIL_CORPORA</c> says. It is no part of the project: a test that needs it skips elsewhere, and small samples of our own run everywhere.
/// </summary>
internal static class Corpora
{
    /// <summary>The folder of the corpora, or <see langword="null"/> where there is none.</summary>
    public static string? Root { get; } = Find();

    /// <summary>A file or folder of the corpora. Skips the running test where there are none.</summary>
    public static string Path(params string[] parts)
    {
        Assert.SkipUnless(Root is not null, "corpora not present");
        return System.IO.Path.Combine([Root!, .. parts]);
    }

    /// <summary>A program that stands beside the corpora, such as <c>run_smtp_cases.py</c>. Skips the running test where there is none.</summary>
    public static string Tool(string name)
    {
        string tool = System.IO.Path.GetFullPath(System.IO.Path.Combine(Path(), "..", "tools", name));
        Assert.SkipUnless(File.Exists(tool), $"tools/{name} not present");
        return tool;
    }

    private static string? Find()
    {
        string? folder = Environment.GetEnvironmentVariable("MAIL_CORPORA") is { Length: > 0 } configured
            ? configured
            : System.IO.Path.GetFullPath(System.IO.Path.Combine(Repository.Root, "..", "shared", "corpora"));
        return Directory.Exists(folder) ? folder : null;
    }
}
