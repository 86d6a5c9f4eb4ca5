namespace Mail.Core.Relays.Http;

/// <summary>The checked settings of one relay, defaults included.</summary>
internal sealed class RelaySettingValues(HttpRelayKind kind, IReadOnlyDictionary<string, string> given)
{
    /// <summary>Of a field that is required or has a default.</summary>
    public string this[string name] => Find(name) ?? throw new InvalidOperationException($"The setting `{name}` is neither given nor has it a default.");

    public Uri? BaseUrl => Url("base_url");

    public bool Has(string name) => !string.IsNullOrWhiteSpace(given.GetValueOrDefault(name));

    /// <summary>The value or the default, without white space around; null when there is neither.</summary>
    public string? Find(string name) => Has(name) ? given[name].Trim() : kind.Fields.First(field => field.Name == name).Default;

    public Secret Secret(string name) => new(this[name]);

    /// <summary>With a slash at its end, so that paths can be added; null when it is not given.</summary>
    public Uri? Url(string name) => Find(name) is { } url ? new Uri(url.EndsWith('/') ? url : $"{url}/") : null;

    /// <summary>All that must stand in no text.</summary>
    public IEnumerable<string> Secrets() => kind.Fields.Where(field => field.IsSecret).Select(field => Find(field.Name)).OfType<string>();
}
