namespace Mail.Core.Templates;

/// <summary>The template itself is wrong, whatever its variables: it does not parse, or it uses a variable, a text or a partial that does not exist.
/// Sending the same message again cannot help.</summary>
public sealed class TemplateDefectException(string template, Exception cause)
    : Exception($"Template {template} cannot be rendered: {cause.Message}", cause);
