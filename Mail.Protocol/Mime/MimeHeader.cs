using System.Diagnostics.CodeAnalysis;

namespace Mail.Protocol.Mime;

/// <summary>One extra header of a message, checked when it is made. Immutable; compared by value.</summary>
public sealed record MimeHeader
{
    private MimeHeader(string name, string value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>The field name: 1 to 76 printable ASCII characters without a colon (RFC 5322 §2.2).</summary>
    public string Name { get; }

    /// <summary>The value in Unicode, unfolded and not encoded; the writer folds and encodes it (RFC 2047).</summary>
    public string Value { get; }

    /// <summary>Checks a header that a caller wants to add.</summary>
    /// <param name="name">The field name. Fields that the writer makes itself (addresses, Subject, Date, Message-ID, MIME and trace fields) are refused.</param>
    /// <param name="value">The value: any text without line breaks and control characters (a tab is accepted). Fields with a syntax of their own
    /// (References, List-Unsubscribe, ...) must be ASCII, since encoding would change their meaning.</param>
    /// <param name="header">The header, or <see langword="null"/> when the result is <see langword="false"/>.</param>
    /// <param name="error">One sentence for people that says what is wrong, or <see langword="null"/> when the result is <see langword="true"/>.</param>
    /// <returns>Whether the header can be written without changing any other header.</returns>
    public static bool TryCreate(string? name, string? value, [NotNullWhen(true)] out MimeHeader? header, [NotNullWhen(false)] out string? error)
    {
        error = HeaderRules.NameError(name) ?? HeaderRules.ValueError(name!, value);
        header = error is null ? new MimeHeader(name!, value!) : null;
        return error is null;
    }

    /// <summary>Makes a header as <see cref="TryCreate"/> does.</summary>
    /// <exception cref="ArgumentException">The header cannot be written; the message says why.</exception>
    public static MimeHeader Create(string name, string value) =>
        TryCreate(name, value, out MimeHeader? header, out string? error) ? header : throw new ArgumentException(error, nameof(name));
}
