using Mail.Core.Delivery.Catalogue;

namespace Mail.Api.Messages;

/// <summary>A cause of the catalogue of errors, in the language of the request.</summary>
/// <param name="Code">Stable; see docs/guides/errors.md.</param>
/// <param name="Title">What happened.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record CauseFacts(string Code, string Title, string Remedy)
{
    internal static CauseFacts? Of(Cause? cause, string language)
    {
        if (cause is null) return null;
        CauseText text = cause.In(language);
        return new CauseFacts(cause.Code, text.Title, text.Remedy);
    }
}
