using Aspire.Hosting.Publishing;

namespace Mail.AppHost;

/// <summary>Generates a live API key. GenerateParameterDefault knows no prefix, so this one puts its own before what that one makes.</summary>
public sealed class ApiKeyDefault : ParameterDefault
{
    private readonly GenerateParameterDefault _random = new() { MinLength = 40, Special = false };

    /// <inheritdoc/>
    public override string GetDefaultValue() => ParameterRules.LivePrefix + _random.GetDefaultValue();

    /// <summary>A deployment has to supply its own key: the manifest can describe random characters, but not a prefix before them.</summary>
    public override void WriteToManifest(ManifestPublishingContext context) => _random.WriteToManifest(context);
}
