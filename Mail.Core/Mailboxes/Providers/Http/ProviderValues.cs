using System.Text.Json;
using Mail.Core.Relays.Http;

namespace Mail.Core.Mailboxes.Providers.Http;

/// <summary>Fields that several providers have, and the checked settings by their names.</summary>
internal static class ProviderFields
{
    /// <summary>Where the provider's API is, when it is not where it usually is. Only https, and only a public address, except in development.</summary>
    public static ProviderField Address(string name, string title, string usual, ProviderLine line) =>
        new(name, title, usual, IsRequired: false, IsSecret: false, "Only for another address than the provider's own.", value => AddressProblem(value, line.AllowsPrivate)) { GuardsSecrets = true };

    /// <summary>A key or token: printable ASCII, as it has to stand in an HTTP header. What is said against it repeats nothing of it.</summary>
    public static ProviderField Key(string name, string title, string example, string help) => new(name, title, example, IsRequired: true, IsSecret: true, help, KeyProblem);

    /// <summary>Who may be a sender at a provider that only sends.</summary>
    public static ProviderField Senders() => new("senders", "Senders", "domain", IsRequired: false, IsSecret: false,
        "`domain` (the default): addresses of domains that are verified at the provider. `single`: each address by itself; the provider writes to it, and who reads it confirms.",
        value => value is "domain" or "single" ? null : "must be one of: domain, single.");

    public static string? KeyProblem(string value) =>
        value.Length > 1000 || value.AsSpan().ContainsAnyExceptInRange('!', '~') ? "must be printable ASCII without spaces; copy it again." : null;

    private static string? AddressProblem(string value, bool allowsPrivate) =>
        !Uri.TryCreate(value, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("https" or "http") || uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0
            ? "must be an https URL without query and password."
            : uri.Scheme == "https" || allowsPrivate ? null : "must be an https URL.";
}

/// <summary>The settings of one connection.</summary>
internal sealed class ProviderValues(MailboxProviderKind kind, IReadOnlyDictionary<string, string> given)
{
    /// <summary>Of a field that is required.</summary>
    public string this[string name] => Find(name) ?? throw new InvalidOperationException($"The setting `{name}` is missing.");

    public string? Find(string name) => given.GetValueOrDefault(name)?.Trim() is { Length: > 0 } value ? value : null;

    public Secret Secret(string name) => new(this[name]);

    /// <summary>See <see cref="ProviderFields.Senders"/>.</summary>
    public bool ConfirmsEachSender => Find("senders") == "single";

    /// <summary>With a slash at its end, so that paths can be added.</summary>
    public Uri Url(string name, string usual)
    {
        string url = Find(name) ?? usual;
        return new Uri(url.EndsWith('/') ? url : $"{url}/");
    }

    /// <summary>Hides all secrets of the connection in what the provider says.</summary>
    public SecretMask Mask() => new(kind.Fields.Where(field => field.IsSecret).Select(field => Find(field.Name)).OfType<string>().SelectMany(secret => (IEnumerable<string>)[secret, .. KeyIn(secret)]));

    /// <summary>The key in a key file, as it is without the file's escapes: JSON may write `+` as `\u002B`.</summary>
    private static IEnumerable<string> KeyIn(string file)
    {
        if (file[0] != '{') return [];
        try
        {
            using JsonDocument document = JsonDocument.Parse(file);
            return document.RootElement.TryGetProperty("private_key", out JsonElement key) && key.ValueKind == JsonValueKind.String ? [key.GetString()!] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
