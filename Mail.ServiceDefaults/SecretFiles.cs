using System.Collections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;

namespace Mail.ServiceDefaults;

/// <summary>
/// Secrets that an orchestrator mounts as files (Docker and Kubernetes secrets, systemd credentials): the environment variable
/// NAME_FILE gives the path of a file whose content, trimmed, becomes the setting NAME. Only for listed names, because
/// many variables of other programs end in _FILE too.
/// </summary>
public static class SecretFiles
{
    /// <summary>A secret is a line or a small PEM file; anything larger is the wrong file.</summary>
    private const long MaxBytes = 64 * 1024;

    private const string Suffix = "_FILE";

    /// <summary>The names that every host knows. A host adds those of its own settings by a further call.</summary>
    public static IReadOnlyList<string> Infrastructure { get; } = ["ConnectionStrings__*", "OTEL_EXPORTER_OTLP_HEADERS"];

    /// <summary>Follows NAME_FILE for each of <paramref name="names"/>.</summary>
    /// <param name="configuration">The values are put right after its environment variables, so that the command line still wins.</param>
    /// <param name="names">Names as environment variables are written; one that ends in `*` stands for all that begin so. Case does not matter.</param>
    /// <param name="environment">The variables; null means those of this process.</param>
    /// <exception cref="InvalidOperationException">
    /// NAME and NAME_FILE are both set, or the file cannot be read, is empty or is larger than 64 KB. The message names the variable, never a value.
    /// </exception>
    public static IConfigurationBuilder AddSecretFiles(
        this IConfigurationBuilder configuration, IEnumerable<string> names, IReadOnlyDictionary<string, string>? environment = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(names);
        environment ??= ProcessEnvironment();
        List<string> listed = [.. names.Select(Key)];
        Dictionary<string, string?> secrets = new(StringComparer.OrdinalIgnoreCase);
        // An empty variable counts as absent: compose files pass one for every name that they do not know.
        Dictionary<string, string> set = environment.Where(variable => variable.Value.Length > 0)
            .DistinctBy(variable => Key(variable.Key), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(variable => Key(variable.Key), variable => variable.Key, StringComparer.OrdinalIgnoreCase);
        foreach ((string key, string variable) in set)
        {
            if (!key.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)) continue;
            string secret = key[..^Suffix.Length];
            if (!listed.Exists(name => Matches(name, secret))) continue;
            if (set.TryGetValue(secret, out string? direct)) throw new InvalidOperationException($"Both {direct} and {variable} are set. Remove one of them.");
            secrets[secret] = Read(variable, environment[variable]);
        }

        if (secrets.Count == 0) return configuration;
        int position = PositionAfterEnvironment(configuration.Sources);
        configuration.Sources.Insert(position, new MemoryConfigurationSource { InitialData = secrets });
        if (position > 0 && configuration.Sources[position - 1] is EnvironmentVariablesConfigurationSource variables)
            configuration.Sources[position - 1] = new WithoutFiles(variables, secrets.Keys.Select(key => key + Suffix));
        return configuration;
    }

    private static string Read(string variable, string path)
    {
        try
        {
            FileInfo file = new(path);
            if (file.Exists && file.Length > MaxBytes) throw new InvalidOperationException($"{variable} names '{path}', which is larger than {MaxBytes / 1024} KB: not a secret.");
            string content = File.ReadAllText(path).Trim();
            return content.Length > 0 ? content : throw new InvalidOperationException($"{variable} names '{path}', which is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidOperationException($"{variable} names '{path}', which cannot be read: {e.Message}", e);
        }
    }

    private static int PositionAfterEnvironment(IList<IConfigurationSource> sources)
    {
        for (int i = sources.Count - 1; i >= 0; i--)
        {
            if (sources[i] is EnvironmentVariablesConfigurationSource) return i + 1;
        }

        return sources.Count;
    }

    /// <summary>Environment variables write the `:` of a configuration key as `__`.</summary>
    private static string Key(string variable) => variable.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);

    private static bool Matches(string listed, string key) => listed.EndsWith('*')
        ? key.Length >= listed.Length && key.StartsWith(listed[..^1], StringComparison.OrdinalIgnoreCase)
        : key.Equals(listed, StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, string> ProcessEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");

    /// <summary>The environment without the variables that were followed: a section that refuses unknown keys would take NAME_FILE for one.</summary>
    private sealed class WithoutFiles : EnvironmentVariablesConfigurationSource, IConfigurationSource
    {
        private readonly HashSet<string> _followed;

        public WithoutFiles(EnvironmentVariablesConfigurationSource source, IEnumerable<string> followed)
        {
            Prefix = source.Prefix;
            _followed = new HashSet<string>(followed, StringComparer.OrdinalIgnoreCase);
            if (source is WithoutFiles before) _followed.UnionWith(before._followed);
        }

        IConfigurationProvider IConfigurationSource.Build(IConfigurationBuilder builder) => new Provider(Prefix, _followed);

        private sealed class Provider(string? prefix, HashSet<string> followed) : EnvironmentVariablesConfigurationProvider(prefix)
        {
            public override void Load()
            {
                base.Load();
                foreach (string key in followed) Data.Remove(key);
            }
        }
    }
}
