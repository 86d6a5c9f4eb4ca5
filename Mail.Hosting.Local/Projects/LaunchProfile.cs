using System.Net.Sockets;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Mail.Hosting.Local.Projects;

/// <summary>The profile of Properties/launchSettings.json that a project is run with: the one named as the AppHost's, else the first.</summary>
internal sealed record LaunchProfile(string Name, string ApplicationUrl, IReadOnlyDictionary<string, string> Environment)
{
    private static readonly JsonDocumentOptions _lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Null if the project has no launch settings.</summary>
    public static LaunchProfile? Of(string projectPath)
    {
        string file = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        if (!File.Exists(file)) return null;
        try
        {
            using JsonDocument settings = JsonDocument.Parse(File.ReadAllText(file), _lenient);
            if (!settings.RootElement.TryGetProperty("profiles", out JsonElement profiles)) return null;
            List<JsonProperty> usable = [.. profiles.EnumerateObject().Where(IsUsable)];
            string? wanted = System.Environment.GetEnvironmentVariable("DOTNET_LAUNCH_PROFILE");
            JsonProperty? chosen = usable.Cast<JsonProperty?>().FirstOrDefault(profile => profile!.Value.Name == wanted) ?? usable.Cast<JsonProperty?>().FirstOrDefault();
            return chosen is { } profile ? Read(profile) : null;
        }
        catch (JsonException e)
        {
            throw new LocalHostException($"{file} is not valid JSON: {e.Message}", e);
        }
    }

    /// <summary>One endpoint per scheme of applicationUrl. An https one needs a trusted development certificate, so plain mode leaves it out when there is an http one.</summary>
    public IEnumerable<EndpointAnnotation> Endpoints()
    {
        List<Uri> addresses = [.. ApplicationUrl.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(address => new Uri(address))];
        if (addresses.Any(address => address.Scheme == Uri.UriSchemeHttp)) addresses.RemoveAll(address => address.Scheme == Uri.UriSchemeHttps);
        return addresses.DistinctBy(address => address.Scheme).Select(address => new EndpointAnnotation(ProtocolType.Tcp, address.Scheme, name: address.Scheme, port: address.Port));
    }

    private static bool IsUsable(JsonProperty profile) =>
        !profile.Value.TryGetProperty("commandName", out JsonElement command) || command.GetString() is null or "" or "Project" or "Executable";

    private static LaunchProfile Read(JsonProperty profile)
    {
        string url = profile.Value.TryGetProperty("applicationUrl", out JsonElement address) ? address.GetString() ?? "" : "";
        Dictionary<string, string> environment = profile.Value.TryGetProperty("environmentVariables", out JsonElement variables)
            ? variables.EnumerateObject().ToDictionary(variable => variable.Name, variable => variable.Value.GetString() ?? "")
            : [];
        return new LaunchProfile(profile.Name, url, environment);
    }
}
