using System.Collections;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>The parameters of a Content-Type or Content-Disposition field, decoded (RFC 2045 §5.1, RFC 2231): names in lower case, in the order they came.</summary>
public sealed class ParsedParameters : IReadOnlyList<KeyValuePair<string, string>>
{
    private readonly IReadOnlyList<KeyValuePair<string, string>> _parameters;

    internal ParsedParameters(IReadOnlyList<KeyValuePair<string, string>> parameters) => _parameters = parameters;

    internal static ParsedParameters Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _parameters.Count;

    /// <inheritdoc/>
    public KeyValuePair<string, string> this[int index] => _parameters[index];

    /// <summary>The value of a parameter, or <see langword="null"/>. Of one that is given twice, the first.</summary>
    /// <param name="name">The name, in any case, without the asterisk of RFC 2231.</param>
    public string? this[string name]
    {
        get
        {
            foreach ((string key, string value) in _parameters)
                if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase)) return value;
            return null;
        }
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _parameters.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
