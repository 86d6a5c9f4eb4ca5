namespace Mail.Tests.Support;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder of Mail.Aspire.sln.</summary>
    public static string Root { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>All files with one of the extensions that are written by hand: nothing that is built, restored or generated.</summary>
    public static IEnumerable<string> SourceFiles(params string[] extensions)
    {
        EnumerationOptions options = new() { RecurseSubdirectories = false, AttributesToSkip = FileAttributes.ReparsePoint };
        Stack<string> folders = new([Root]);
        while (folders.TryPop(out string? folder))
        {
            foreach (string file in Directory.EnumerateFiles(folder, "*", options))
            {
                if (extensions.Contains(System.IO.Path.GetExtension(file))) yield return file;
            }

            foreach (string child in Directory.EnumerateDirectories(folder, "*", options))
            {
                string name = System.IO.Path.GetFileName(child);
                if (name is not ("bin" or "obj" or "bin-aspire" or "obj-aspire" or "node_modules" or "dist" or "wwwroot" or "TestResults") && (!name.StartsWith('.') || name == ".ci")) folders.Push(child);
            }
        }
    }

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Mail.Aspire.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No Mail.Aspire.sln above {AppContext.BaseDirectory}.");
    }
}
