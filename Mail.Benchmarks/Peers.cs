namespace Mail.Benchmarks;

/// <summary>What others are measured with.</summary>
internal static class Peers
{
    public static string Folder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Mail.Aspire.sln"))) folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("Run it in a checkout."), "Mail.Benchmarks", "peers");
    }
}
