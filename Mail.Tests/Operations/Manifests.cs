using System.Diagnostics;
using System.Text.Json.Nodes;
using Mail.Tests.Support;

namespace Mail.Tests.Operations;

/// <summary>What `kubectl kustomize` makes of deploy/kubernetes.</summary>
internal static class Manifests
{
    public const string Missing = "kubectl 1.27 or later is not in PATH; Debian's kubernetes-client knows no components of kustomize (https://kubernetes.io/docs/tasks/tools)";

    private static readonly Dictionary<string, Lazy<string>> _rendered = new[] { "dev", "production" }.ToDictionary(overlay => overlay, overlay => new Lazy<string>(() => Render(overlay)));

    public static string? Kubectl { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => (string[])[Path.Combine(folder, "kubectl"), Path.Combine(folder, "kubectl.exe")]).FirstOrDefault(File.Exists);

    /// <summary>The objects of an overlay. Skips the test where kubectl is not.</summary>
    public static List<JsonObject> Of(string overlay)
    {
        Assert.SkipUnless(Kubectl is not null, Missing);
        return Yaml.ReadAll(_rendered[overlay].Value);
    }

    public static string Name(this JsonNode item) => item.Text("metadata", "name")!;

    public static string Kind(this JsonNode item) => item.Text("kind")!;

    public static IEnumerable<JsonObject> OfKind(this IEnumerable<JsonObject> items, params string[] kinds) => items.Where(item => kinds.Contains(item.Kind()));

    /// <summary>What starts pods by a template.</summary>
    public static IEnumerable<JsonObject> Workloads(this IEnumerable<JsonObject> items) => items.OfKind("Deployment", "StatefulSet", "Job");

    public static JsonNode Pod(this JsonNode workload) => workload.At("spec", "template", "spec")!;

    public static IEnumerable<JsonNode> Containers(this JsonNode workload) => workload.Pod().Each("initContainers").Concat(workload.Pod().Each("containers"));

    /// <summary>Every variable that a container is given, those of the config maps included.</summary>
    public static IEnumerable<(string Name, string Value)> Variables(this JsonNode container, IReadOnlyList<JsonObject> items)
    {
        foreach (JsonNode source in container.Each("envFrom"))
            foreach ((string name, JsonNode? value) in items.OfKind("ConfigMap").Single(map => map.Name() == source.Text("configMapRef", "name")).Pairs("data")) yield return (name, $"{value}");
        foreach (JsonNode variable in container.Each("env")) yield return (variable.Text("name")!, variable.Text("value") ?? "");
    }

    /// <summary>Whether a selector of labels (matchLabels, matchExpressions with In) takes an object.</summary>
    public static bool Selects(this JsonNode? selector, JsonNode? labels) =>
        selector.Pairs("matchLabels").All(wanted => labels.At(wanted.Key)?.ToString() == wanted.Value!.ToString())
        && selector.Each("matchExpressions").All(expression => expression.Text("operator") == "In" && expression.Each("values").Any(value => value.ToString() == labels.At(expression.Text("key")!)?.ToString()));

    private static string Render(string overlay)
    {
        using Process process = Process.Start(new ProcessStartInfo(Kubectl!, ["kustomize", Repository.Path("deploy", "kubernetes", "overlays", overlay)]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> complained = process.StandardError.ReadToEndAsync();
        string made = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, complained.Result);
        return made;
    }
}
