using System.Buffers;

namespace Mail.Protocol.Smtp.Server;

/// <summary>Goes through <c>KEY=value KEY value...</c> after a path (RFC 5321 §4.1.2, esmtp-param), one at a time.</summary>
/// <param name="text">The parameters, without spaces around.</param>
internal ref struct EsmtpParameters(ReadOnlySpan<char> text)
{
    private static readonly SearchValues<char> _keyword = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    private ReadOnlySpan<char> _rest = text;

    /// <summary>The parameter's name, in the case it was sent.</summary>
    public ReadOnlySpan<char> Key { get; private set; }

    /// <summary>What follows the <c>=</c>; empty when nothing does.</summary>
    public ReadOnlySpan<char> Value { get; private set; }

    /// <summary>Whether there was an <c>=</c>.</summary>
    public bool HasValue { get; private set; }

    /// <summary>Whether a parameter was not of the form; then there is no next one.</summary>
    public bool IsMalformed { get; private set; }

    public bool Next()
    {
        _rest = _rest.TrimStart(' ');
        if (_rest.IsEmpty) return false;
        int space = _rest.IndexOf(' ');
        ReadOnlySpan<char> parameter = space < 0 ? _rest : _rest[..space];
        _rest = space < 0 ? default : _rest[(space + 1)..];
        int equals = parameter.IndexOf('=');
        Key = equals < 0 ? parameter : parameter[..equals];
        Value = equals < 0 ? default : parameter[(equals + 1)..];
        HasValue = equals >= 0;
        IsMalformed = Key.IsEmpty || Key[0] == '-' || Key.ContainsAnyExcept(_keyword) || (HasValue && (Value.IsEmpty || Value.Contains('=')));
        return !IsMalformed;
    }

    public readonly bool Is(ReadOnlySpan<char> key) => Key.Equals(key, StringComparison.OrdinalIgnoreCase);
}
