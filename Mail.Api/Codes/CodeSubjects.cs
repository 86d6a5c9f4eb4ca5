using System.Globalization;
using Mail.Api.Access;
using Mail.Core.Codes;
using Mail.Core.Common;
using Mail.Core.Suppressions;

namespace Mail.Api.Codes;

/// <summary>Whose code a request is about, and the refusals that several endpoints share.</summary>
internal static class CodeSubjects
{
    public static Failure TooMany => new(FailureKind.TooMany, "too_many_codes", "Too many codes were asked for, or too many wrong ones tried, for this purpose and subject. Nothing was changed; ask again after the time in Retry-After.");

    /// <param name="to">An address; whose code it is when `subject` is absent.</param>
    public static Result<CodeSubject> Of(CurrentProject project, string? purpose, string? subject, string? to)
    {
        if (subject is null && to is null) return Failure.Missing("to");
        if (to is not null && !NormalAddress.TryParse(to, out _, out string? error)) return Failure.Field("to", $"is not an address: {error}");
        string whose = subject ?? NormalOf(to!);
        if (CodeSubject.TryCreate(project.Id, purpose, whose, project.IsTest, out CodeSubject? made, out Failure? failure)) return made;
        return subject is null ? failure with { Detail = failure.Detail.Replace("`subject`", "`to`", StringComparison.Ordinal) } : failure;
    }

    /// <summary>In whole seconds, at least one.</summary>
    public static string Seconds(DateTimeOffset? at, TimeProvider clock) => Math.Max(1, (long)Math.Ceiling(((at ?? DateTimeOffset.MinValue) - clock.GetUtcNow()).TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    /// <summary>The refusals of a mail, with the names that this request has for what they are about.</summary>
    public static Failure Renamed(Failure failure) => failure with
    {
        Detail = failure.Detail.Replace("`to.0`", "`to`", StringComparison.Ordinal).Replace("`template.id`", "`template`", StringComparison.Ordinal)
            .Replace("`template.locale`", "`locale`", StringComparison.Ordinal).Replace("`template.variables.", "`variables.", StringComparison.Ordinal),
    };

    /// <summary>`Ada &lt;ada@example.com&gt;` is ada@example.com.</summary>
    private static string NormalOf(string to) => NormalAddress.TryParse(to, out string? address, out _) ? address : to;
}
