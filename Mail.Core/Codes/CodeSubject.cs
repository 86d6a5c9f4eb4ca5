using System.Diagnostics.CodeAnalysis;
using System.Text;
using Mail.Core.Common;
using Mail.Core.Suppressions;

namespace Mail.Core.Codes;

/// <summary>What a code is for and whose it is: at most one code of each such subject works at a time, and its budgets are counted by it.</summary>
public sealed record CodeSubject
{
    public const int LongestPurpose = 64, LongestValue = 320;

    private CodeSubject(ProjectId projectId, string purpose, string value, bool isTest) => (ProjectId, Purpose, Value, IsTest) = (projectId, purpose, value, isTest);

    /// <summary>All zeros for what is the installation's own, such as console accounts.</summary>
    public ProjectId ProjectId { get; }

    /// <summary>What the code allows, such as `password-reset`: a code for one purpose is wrong for every other.</summary>
    public string Purpose { get; }

    /// <summary>An address or any name of the app's own, in its normal form. Never stored: only a keyed hash is.</summary>
    public string Value { get; }

    /// <summary>In the sandbox: its codes and budgets are apart from the live ones.</summary>
    public bool IsTest { get; }

    /// <exception cref="ArgumentException">The purpose or the subject cannot be one; for callers in this process, who know theirs.</exception>
    public static CodeSubject Of(ProjectId project, string purpose, string subject, bool isTest = false) =>
        TryCreate(project, purpose, subject, isTest, out CodeSubject? made, out Failure? failure) ? made : throw new ArgumentException(failure.Detail);

    /// <summary>
    /// Whose code it is for something that Mail does by itself in a project, such as setting a password. Nobody can name it over the API: whoever may have codes mailed to where they
    /// like would have one for somebody else's account.
    /// </summary>
    /// <inheritdoc cref="Of"/>
    public static CodeSubject OfOwn(ProjectId project, string purpose, string subject, bool isTest)
    {
        CodeSubject named = Of(project, purpose, subject, isTest);
        return new CodeSubject(project, $"own/{purpose}", named.Value, isTest); // no purpose of the API holds a slash
    }

    /// <summary>An address is compared as everywhere (<see cref="NormalAddress"/>), so that Bob@ and bob@ are one; any other name as it is, without spaces around it.</summary>
    public static bool TryCreate(ProjectId project, string? purpose, string? subject, bool isTest, [NotNullWhen(true)] out CodeSubject? made, [NotNullWhen(false)] out Failure? failure)
    {
        made = null;
        failure = ProblemWithPurpose(purpose) ?? ProblemWithSubject(subject);
        if (failure is null) made = new CodeSubject(project, purpose!, Normal(subject!), isTest);
        return made is not null;
    }

    internal static Failure? ProblemWithPurpose(string? purpose) =>
        string.IsNullOrEmpty(purpose) ? Failure.Missing("purpose")
        : purpose.Length > LongestPurpose || !char.IsAsciiLetterOrDigit(purpose[0]) || !purpose.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.')
            ? Failure.Field("purpose", $"must be a name of at most {LongestPurpose} characters: lower-case letters, digits, `-`, `_` and `.`, such as `password-reset`.")
        : null;

    /// <summary>A subject as it is compared and stored.</summary>
    internal static string Normal(string subject) => subject.Contains('@', StringComparison.Ordinal) && NormalAddress.TryParse(subject, out string? address, out _) ? address : subject.Trim().Normalize(NormalizationForm.FormC);

    internal static Failure? ProblemWithSubject(string? subject) =>
        string.IsNullOrWhiteSpace(subject) ? Failure.Missing("subject")
        : subject.Length > LongestValue ? Failure.Field("subject", $"is longer than {LongestValue} characters.")
        : subject.Any(char.IsControl) || subject.EnumerateRunes().Contains(Rune.ReplacementChar) ? Failure.Field("subject", "must not contain control characters or half of a surrogate pair.")
        : null;

    /// <summary>Neither purpose nor subject in a log or a trace.</summary>
    public override string ToString() => $"a subject of {ProjectId}";
}
