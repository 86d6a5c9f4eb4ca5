namespace Mail.Hosting.Local.Running;

internal static class SolutionFolder
{
    /// <summary>The nearest folder, from <paramref name="folder"/> upwards, that holds a solution; else <paramref name="folder"/>.</summary>
    public static string Above(string folder)
    {
        for (DirectoryInfo? candidate = new(folder); candidate is not null; candidate = candidate.Parent)
            if (candidate.Exists && candidate.EnumerateFiles("*.sln*").Any()) return candidate.FullName;
        return Path.GetFullPath(folder);
    }
}
