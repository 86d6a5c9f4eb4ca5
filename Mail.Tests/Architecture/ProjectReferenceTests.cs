using System.Reflection;
using System.Xml.Linq;
using Mail.Protocol.Smtp;
using Mail.Tests.Support;

namespace Mail.Tests.Architecture;

/// <summary>References go one way: Protocol, then Core, then the hosts. The csproj says what may be used, the compiled assembly what is.</summary>
public sealed class ProjectReferenceTests
{
    /// <summary>What each project may reference of ours. Mail.Tests may see all and is seen by none.</summary>
    private static readonly Dictionary<string, string[]> _allowed = new()
    {
        ["Mail.Protocol"] = [],
        ["Mail.Core"] = ["Mail.Protocol"],
        ["Mail.ServiceDefaults"] = [],
        ["Mail.Api"] = ["Mail.Protocol", "Mail.Core", "Mail.ServiceDefaults"],
        ["Mail.Worker"] = ["Mail.Protocol", "Mail.Core", "Mail.ServiceDefaults"],
        ["Mail.Web"] = ["Mail.ServiceDefaults"],
        ["Mail.Hosting.Local"] = [],
        ["Mail.ProviderFakes"] = [], // what plays a provider shares no code with what it tests
        ["Mail.AppHost"] = ["Mail.Api", "Mail.Worker", "Mail.Web", "Mail.ProviderFakes", "Mail.Hosting.Local"],
        ["Mail.Benchmarks"] = ["Mail.Protocol", "Mail.Core", "Mail.Api", "Mail.Worker", "Mail.Hosting.Local"],
    };

    private static readonly string[] _databasePackages = ["Npgsql", "Microsoft.EntityFrameworkCore", "StackExchange.Redis"];

    public static TheoryData<string> Projects => [.. Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
        .Where(file => Path.GetFileNameWithoutExtension(file) is not "Mail.Tests" && Path.GetDirectoryName(Path.GetDirectoryName(file)) == Repository.Root)
        .Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    public static TheoryData<string> CompiledProjects => ["Mail.Protocol", "Mail.Core", "Mail.ServiceDefaults", "Mail.Api", "Mail.Worker", "Mail.Web"];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_references_only_those_before_it(string project)
    {
        Assert.True(_allowed.TryGetValue(project, out string[]? allowed), $"{project} is new: say in {nameof(ProjectReferenceTests)} what it may reference.");

        string[] references = [.. Items(project, "ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference))];

        Assert.Empty(references.Except(allowed));
    }

    [Theory, MemberData(nameof(CompiledProjects))]
    public void A_compiled_project_uses_only_those_before_it(string project)
    {
        string[] used = [.. Used(project).Where(name => name.StartsWith("Mail.", StringComparison.Ordinal))];

        Assert.Empty(used.Except(_allowed[project]));
    }

    [Fact]
    public void Protocol_needs_no_package() => Assert.Empty(Items("Mail.Protocol", "PackageReference"));

    /// <summary>The SMTP server stands on Kestrel's connections; all else in Mail.Protocol runs without the web framework.</summary>
    [Fact]
    public void Of_Protocol_only_the_Smtp_server_uses_the_web_framework()
    {
        const string Server = "Mail.Protocol.Smtp.Server";
        Assert.Equal(["Microsoft.AspNetCore.App"], Items("Mail.Protocol", "FrameworkReference"));

        IEnumerable<string> strays = typeof(SmtpReply).Assembly.GetTypes()
            .Where(type => type.Namespace is { } name && name.StartsWith("Mail.Protocol", StringComparison.Ordinal) && name != Server && !name.StartsWith($"{Server}.", StringComparison.Ordinal))
            .SelectMany(type => TypeUses.Of(type).Select(used => (type, used)))
            .Where(use => use.used.Namespace is { } name && (name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal)))
            .Select(use => $"{use.type} uses {use.used}");

        Assert.Empty(strays);
    }

    [Fact]
    public void Web_has_no_database()
    {
        Assert.DoesNotContain(Items("Mail.Web", "PackageReference"), IsDatabase);
        Assert.DoesNotContain(Used("Mail.Web"), IsDatabase);
    }

    /// <summary>The check below the checks: an assembly that uses one must be seen to use it.</summary>
    [Fact]
    public void What_an_assembly_uses_is_seen()
    {
        Assert.Contains("Mail.Protocol", Used("Mail.Core"));
        Assert.Contains(Used("Mail.ServiceDefaults"), IsDatabase);
    }

    private static bool IsDatabase(string name) => _databasePackages.Any(package => name.StartsWith(package, StringComparison.Ordinal));

    private static string[] Used(string project) =>
        [.. Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, $"{project}.dll")).GetReferencedAssemblies().Select(assembly => assembly.Name!)];

    private static IEnumerable<string> Items(string project, string item) =>
        XDocument.Load(Repository.Path(project, $"{project}.csproj")).Descendants(item).Select(element => (string?)element.Attribute("Include")).OfType<string>();
}
