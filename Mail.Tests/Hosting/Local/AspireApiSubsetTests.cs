using System.Reflection;
using System.Xml.Linq;
using Aspire.Hosting;
using Mail.Tests.Support;

namespace Mail.Tests.Hosting.Local;

/// <summary>The stand-in has the signatures of Aspire 13.5.2 that Mail.AppHost and its tests use, so one source compiles against both.</summary>
public sealed class AspireApiSubsetTests
{
    private static readonly Assembly _standIn = typeof(DistributedApplication).Assembly;

    private static IEnumerable<Type> StandIns => _standIn.GetExportedTypes().Where(type => type.Namespace?.StartsWith("Aspire.", StringComparison.Ordinal) is true);

    [Fact]
    public void Every_line_of_the_list_is_there_as_written()
    {
        CSharpSignature signature = new();
        HashSet<string> present = [.. StandIns.SelectMany(signature.Lines)];

        string[] wanted = File.ReadAllLines(Repository.Path("Mail.Tests", "Hosting", "Local", "aspire-api-subset.txt"));

        Assert.Equal(62, wanted.Length);
        List<string> missing = [.. wanted.Where(line => !present.Contains(line))];
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_stand_in_says_that_it_is_one()
    {
        Dictionary<string, string> summaries = XDocument.Load(Path.ChangeExtension(_standIn.Location, ".xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary")?.Value.Trim() ?? "");

        List<string> silent = [.. StandIns.Select(type => $"T:{type.FullName}").Where(name => !summaries.GetValueOrDefault(name, "").StartsWith("Stands in for", StringComparison.Ordinal))];

        Assert.Empty(silent);
        Assert.True(StandIns.Count() > 40);
    }

    [Fact]
    public void A_container_has_no_service_discovery() => // or WithReference would be ambiguous for a database
        Assert.False(typeof(IResourceWithServiceDiscovery).IsAssignableFrom(typeof(Aspire.Hosting.ApplicationModel.ContainerResource)));
}
