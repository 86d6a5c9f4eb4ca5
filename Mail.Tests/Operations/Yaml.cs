using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Mail.Tests.Operations;

/// <summary>YAML as the trees that System.Text.Json has: anchors and merge keys followed, plain scalars as what they look like.</summary>
internal static class Yaml
{
    public static List<JsonObject> ReadAll(string text)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => (JsonObject)ToJson(document.RootNode)!)];
    }

    public static JsonObject Read(string file) => ReadAll(File.ReadAllText(file)).Single();

    /// <summary>What a path of names leads to; null when one of them is not there.</summary>
    public static JsonNode? At(this JsonNode? node, params string[] path)
    {
        foreach (string name in path) node = (node as JsonObject)?[name];
        return node;
    }

    /// <summary>A scalar as text, whatever it is; null for what is not there.</summary>
    public static string? Text(this JsonNode? node, params string[] path) => node.At(path)?.ToString();

    public static IEnumerable<JsonNode> Each(this JsonNode? node, params string[] path) => (node.At(path) as JsonArray)?.Select(item => item!) ?? [];

    public static IEnumerable<KeyValuePair<string, JsonNode?>> Pairs(this JsonNode? node, params string[] path) => node.At(path) as JsonObject ?? [];

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlScalarNode scalar => Scalar(scalar),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(ToJson)]),
        YamlMappingNode mapping => Mapping(mapping),
        _ => throw new InvalidOperationException($"{node.NodeType}"),
    };

    private static JsonObject Mapping(YamlMappingNode mapping)
    {
        JsonObject made = [];
        foreach ((YamlNode key, YamlNode value) in mapping.Children)
        {
            if (key.ToString() == "<<")
                foreach ((YamlNode inherited, YamlNode of) in ((YamlMappingNode)value).Children) made.TryAdd(inherited.ToString(), ToJson(of));
            else made[key.ToString()] = ToJson(value);
        }

        return made;
    }

    private static JsonValue? Scalar(YamlScalarNode scalar)
    {
        string text = scalar.Value ?? "";
        if (scalar.Style is not ScalarStyle.Plain) return JsonValue.Create(text);
        if (text is "" or "~" or "null") return null;
        if (text is "true" or "false") return JsonValue.Create(text == "true");
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)) return JsonValue.Create(number);
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)) return JsonValue.Create(whole);
        return JsonValue.Create(text);
    }
}
