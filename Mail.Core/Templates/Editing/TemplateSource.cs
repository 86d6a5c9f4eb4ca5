using System.Text.Json;
using System.Text.Json.Serialization;
using Mail.Core.Messages;

namespace Mail.Core.Templates.Editing;

/// <summary>A template as its author writes it. Column `draft`, and with each version what it was made from.</summary>
public sealed record TemplateSource
{
    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>The lane of its messages unless the call says otherwise.</summary>
    public Lane Lane { get; init; } = Lane.Normal;

    /// <summary>Whether its messages carry an unsubscribe link unless the call says otherwise.</summary>
    public bool Unsubscribe { get; init; }

    /// <summary>Whether its messages may be tracked at all; false for mail that is about an account.</summary>
    public bool Tracking { get; init; } = true;

    /// <summary>The language that every other one falls back to.</summary>
    public string DefaultLocale { get; init; } = PublishedTemplate.FallbackLocale;

    /// <summary>The layout whose partials, texts and variables it uses; null for none.</summary>
    public string? Layout { get; init; }

    /// <summary>The design. Either this or `html`.</summary>
    public string? Mjml { get; init; }

    /// <summary>The finished HTML, for who writes it by other means.</summary>
    public string? Html { get; init; }

    /// <summary>The text part; null to have it written from the HTML.</summary>
    public string? Text { get; init; }

    /// <summary>By locale and key the texts in that language; "subject" is one of them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Strings { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>By name what a message may say.</summary>
    public IReadOnlyDictionary<string, VariableSource> Variables { get; init; } = new Dictionary<string, VariableSource>();

    /// <summary>Variables for previews.</summary>
    public IReadOnlyDictionary<string, JsonElement> Sample { get; init; } = new Dictionary<string, JsonElement>();
}

/// <summary>A variable as its author declares it.</summary>
/// <param name="Fields">What each item of a list holds; null for every other type.</param>
/// <param name="Secret">True for a code, or a link that proves who reads the mailbox: stored encrypted, and shown to nobody but the recipient.</param>
public sealed record VariableSource(TemplateVariableType Type, bool Required = false, JsonElement? Default = null, string? Description = null, IReadOnlyDictionary<string, VariableSource>? Fields = null, bool? Secret = null)
{
    public TemplateVariable Declare(string name) =>
        new(name, Type, Required, Default ?? default) { Fields = Fields is null ? [] : [.. Fields.Select(field => field.Value.Declare(field.Key))], IsSecret = Secret == true };
}

/// <summary>What several templates share: partials for `mj-include`, texts, variables. Column `source` of `template_layouts`.</summary>
/// <param name="Partials">By path, as `mj-include` names it: `../_layout/header.mjml`.</param>
/// <param name="Footer">Put under each text part.</param>
public sealed record LayoutSource(
    IReadOnlyDictionary<string, string> Partials, string? Footer, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Strings, IReadOnlyDictionary<string, VariableSource> Variables);

/// <summary>The stored form.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(LaneJson), typeof(VariableTypeJson)])]
[JsonSerializable(typeof(TemplateSource))]
[JsonSerializable(typeof(LayoutSource))]
[JsonSerializable(typeof(Dictionary<string, VariableSource>), TypeInfoPropertyName = "Variables")]
public sealed partial class TemplateSourceJson : JsonSerializerContext;

/// <summary>`critical`, `normal`, `bulk`.</summary>
public sealed class LaneJson() : JsonStringEnumConverter<Lane>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

/// <summary>`string`, `number`, `time_zone`...</summary>
public sealed class VariableTypeJson() : JsonStringEnumConverter<TemplateVariableType>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
