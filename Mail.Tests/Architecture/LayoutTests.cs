using Mail.Tests.Support;

namespace Mail.Tests.Architecture;

/// <summary>Folders are features, by the same name in every project, and a file holds one idea.</summary>
public sealed class LayoutTests
{
    private const int MaxLines = 350;

    private static readonly string[] _features =
    [
        "Messages", "Delivery", "Relays", "Suppressions", "Tracking", "Webhooks", "Domains", "Templates", "Codes", "ActionLinks",
        "Accounts", "Reservations", "Invitations", "Mailboxes", "Projects", "Alerts", "Contacts", "Feedback", "Privacy", "Retention", "Audit", "Workers", "Requests", "Appointments", "Flows", "GoLive", "Metrics", "Live", "Sandbox", "Logs",
    ];

    [Fact]
    public void Cores_folders_are_the_features_and_what_they_stand_on() => Assert.Empty(Folders("Mail.Core").Except([.. _features, "Access", "Messaging", "Database", "Common"]));

    /// <summary>Http: what all endpoints share. Access: who calls. Smtp: mail from apps, and what comes back from other servers.</summary>
    [Fact]
    public void Apis_folders_are_the_features_and_its_two_doors() => Assert.Empty(Folders("Mail.Api").Except([.. _features, "Messaging", "Http", "Access", "Smtp", "Properties"]));

    [Fact]
    public void A_namespace_follows_its_folder()
    {
        List<string> strays = [];
        foreach (string file in Repository.SourceFiles(".cs"))
        {
            string folder = Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
            if (!folder.StartsWith("Mail.Core", StringComparison.Ordinal) && !folder.StartsWith("Mail.Api", StringComparison.Ordinal)) continue;
            string? declared = File.ReadLines(file).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal));
            if (declared is not null && declared != $"namespace {folder};") strays.Add($"{Path.GetRelativePath(Repository.Root, file)}: {declared}");
        }

        Assert.Empty(strays);
    }

    [Fact]
    public void No_file_is_longer_than_a_reader_can_hold()
    {
        List<string> tooLong = [];
        foreach (string file in Repository.SourceFiles(".cs", ".ts", ".tsx", ".mjs", ".js", ".sh", ".css"))
        {
            if (file.EndsWith(".gen.ts", StringComparison.Ordinal) || file.EndsWith(".g.cs", StringComparison.Ordinal)) continue;
            int lines = File.ReadLines(file).Count();
            if (lines > MaxLines) tooLong.Add($"{Path.GetRelativePath(Repository.Root, file)}: {lines} lines");
        }

        Assert.Empty(tooLong);
    }

    /// <summary>Otherwise the tests above would pass on an empty list.</summary>
    [Fact]
    public void The_files_and_folders_are_found()
    {
        Assert.Superset(new HashSet<string> { "Messages", "Common" }, Folders("Mail.Core").ToHashSet());
        Assert.Contains(Repository.Path("Mail.Core", "Common", "Failure.cs"), Repository.SourceFiles(".cs"));
        Assert.Contains(Repository.Path("test.sh"), Repository.SourceFiles(".sh"));
    }

    private static IEnumerable<string> Folders(string project) =>
        Directory.EnumerateDirectories(Repository.Path(project)).Select(folder => Path.GetFileName(folder)).Where(name => name is not ("bin" or "obj" or "bin-aspire" or "obj-aspire"));
}
