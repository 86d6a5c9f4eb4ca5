using System.Diagnostics;
using System.Text.Json.Nodes;
using Mail.Tests.Support;

namespace Mail.Tests.Operations;

/// <summary>Each object by the schema of its kind, those of the operators included: types, what is required, and that there is such a field at all.</summary>
public sealed class KubernetesSchemaTests
{
    private static readonly string _folder = Repository.Path("Mail.Tests", "Operations", "kubernetes");

    [Theory, InlineData("dev"), InlineData("production")]
    public async Task Objects_are_as_the_schemas_of_their_kinds_say(string overlay)
    {
        List<JsonObject> items = Manifests.Of(overlay);

        Assert.Empty(await ValidateAsync(items));
    }

    [Fact]
    public async Task The_schemas_see_what_is_against_them()
    {
        List<JsonObject> wrong = Yaml.ReadAll("""
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {ports: [{port: http}], selectors: {a: b}}
            ---
            apiVersion: postgresql.cnpg.io/v1
            kind: Cluster
            metadata: {name: b}
            spec: {instances: 3, storage: {sise: 1Gi}}
            ---
            apiVersion: example.com/v1
            kind: Surprise
            metadata: {name: c}
            """);

        string[] faults = await ValidateAsync(wrong);

        Assert.Equal(4, faults.Length);
        Assert.Contains(faults, fault => fault.Contains("port must be integer", StringComparison.Ordinal));
        Assert.Contains("Service a: /spec/selectors is no field that there is", faults);
        Assert.Contains("Cluster b: /spec/storage/sise is no field that there is", faults);
    }

    private static async Task<string[]> ValidateAsync(List<JsonObject> items)
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(_folder, "node_modules")), $"no packages in {_folder}: npm ci");
        using Process node = Process.Start(new ProcessStartInfo("node", ["validate.mjs"]) { WorkingDirectory = _folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> said = node.StandardOutput.ReadToEndAsync(), complained = node.StandardError.ReadToEndAsync();
        await node.StandardInput.WriteAsync(new JsonArray([.. items.Select(item => item.DeepClone())]).ToJsonString());
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        Assert.True((await complained).Length == 0, await complained);
        return (await said).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
