namespace Mail.Protocol.Calendar;

/// <summary>One property as a calendar holds it (RFC 5545 §3.1): name and parameter names in upper case, values without quotes, nothing unescaped.</summary>
internal sealed record ContentLine(string Name, IReadOnlyList<KeyValuePair<string, string>> Parameters, string Value)
{
    /// <summary>The value of the first parameter of this name, or null.</summary>
    public string? this[string parameter]
    {
        get
        {
            foreach ((string name, string value) in Parameters)
                if (name == parameter) return value;
            return null;
        }
    }
}
