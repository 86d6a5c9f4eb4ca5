using System.Text.Json.Serialization;
using Mail.Core.Templates.Editing;

namespace Mail.Api.Templates;

/// <summary>The body of PUT /template-layouts/{key}: the whole layout.</summary>
/// <param name="Partials">By file name, MJML: `header.mjml` of the layout `_shop` is what `mj-include path="../_shop/header.mjml"` puts in.</param>
/// <param name="Footer">Put under each text part that its author wrote.</param>
/// <param name="Strings">By language and key, texts that templates share.</param>
/// <param name="Variables">What all templates with this layout know, such as the sender's postal address.</param>
public sealed record LayoutRequest(
    Dictionary<string, string>? Partials, string? Footer, Dictionary<string, Dictionary<string, string>>? Strings, [property: JsonConverter(typeof(VariablesJson))] Dictionary<string, VariableSource>? Variables)
{
    public LayoutSource ToSource(string key) => new(
        (Partials ?? []).ToDictionary(partial => $"../{key}/{partial.Key}", partial => partial.Value ?? ""), Footer,
        (Strings ?? []).ToDictionary(texts => texts.Key, texts => (IReadOnlyDictionary<string, string>)(texts.Value ?? []).ToDictionary(text => text.Key, text => text.Value ?? "")), Variables ?? []);
}

/// <param name="BuiltIn">The one that Mail brings along; PUT makes the project's own in its place.</param>
public sealed record LayoutResponse(
    string Object, string Key, bool BuiltIn, IReadOnlyDictionary<string, string> Partials, string? Footer, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Strings,
    IReadOnlyDictionary<string, VariableSource> Variables)
{
    public static LayoutResponse Of(string key, LayoutSource layout, bool builtIn)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new("template_layout", key, builtIn, layout.Partials.ToDictionary(partial => partial.Key[(partial.Key.LastIndexOf('/') + 1)..], partial => partial.Value), layout.Footer, layout.Strings, layout.Variables);
    }
}
