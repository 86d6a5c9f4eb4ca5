using System.ComponentModel;
using System.Reflection;
using System.Text.RegularExpressions;
using Mail.Api;
using Mail.Core.Common;
using Mail.Core.Relays;
using Mail.ServiceDefaults;

namespace Mail.Tests.Operations;

/// <summary>The environment variables that API, worker and web understand: sections by the classes that docs/guides/settings.md is made of.</summary>
internal static partial class KnownSettings
{
    private static readonly HashSet<string> _plain = new(
        [.. RelaySettings.Names, PublicUrl.Name, ConsoleUrl.Name, "SECRET_KEY", "RETURN_PATH_DOMAIN", "ConnectionStrings__maildb", "ConnectionStrings__cache", "ConnectionStrings__mailpit",
            "DOTNET_ENVIRONMENT", "ASPNETCORE_URLS", "DOTNET_NOLOGO", "services__api__http__0", "OTEL_SERVICE_NAME", "OTEL_EXPORTER_OTLP_ENDPOINT"], StringComparer.Ordinal);

    private static readonly Dictionary<string, Type> _sections = SettingsDocument.Sections.ToDictionary(bound => bound.Section, bound => bound.Options, StringComparer.Ordinal);

    /// <returns>Null when the hosts know a variable and can read its value; else what is wrong.</returns>
    public static string? Fault(string name, string value)
    {
        if (name.EndsWith("_FILE", StringComparison.Ordinal))
        {
            string secret = name[..^"_FILE".Length];
            if (!ApiServices.SecretFileNames.Concat(SecretFiles.Infrastructure).Any(known => known.EndsWith('*') ? secret.StartsWith(known[..^1], StringComparison.Ordinal) : secret == known))
                return $"{name}: no host reads {secret} from a file";
            return Fault(secret, "");
        }

        if (_plain.Contains(name) || TrustedProxy().IsMatch(name)) return null;
        if (name.Split("__") is not [string section, string key, ..] || !_sections.TryGetValue(section, out Type? options)) return $"{name}: no host knows it";
        if (options.GetProperty(key, BindingFlags.Public | BindingFlags.Instance) is not { } property) return $"{name}: {options.Name} has no {key}";
        if (value.Length == 0) return null;
        try
        {
            TypeDescriptor.GetConverter(property.PropertyType).ConvertFromInvariantString(value);
            return null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException)
        {
            return $"{name}: {value} is no {property.PropertyType.Name}";
        }
    }

    [GeneratedRegex(@"^TrustedProxies__\d+$")]
    private static partial Regex TrustedProxy();
}
