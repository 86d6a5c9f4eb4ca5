using Aspire.Hosting.Publishing;

namespace Mail.AppHost;

/// <summary>A fixed value that configuration can override; Aspire's AddParameter(name, value) cannot be overridden.</summary>
public sealed class FixedDefault(string value) : ParameterDefault
{
    /// <inheritdoc/>
    public override string GetDefaultValue() => value;

    /// <inheritdoc/>
    public override void WriteToManifest(ManifestPublishingContext context) => context.Writer.WriteString("value", value);
}
