using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mail.Tests.Support;

namespace Mail.Tests.Operations;

/// <summary>The tables of docs/guides/settings.md, out of the classes that hosts bind: name, kind, default and limits by reflection, the meaning out of their doc comments.</summary>
internal static partial class SettingsDocument
{
    private static readonly Assembly[] _assemblies = [typeof(Mail.Core.Common.MailTelemetry).Assembly, typeof(Mail.Api.ApiServices).Assembly, typeof(Mail.ServiceDefaults.ServiceDefaults).Assembly];
    private static readonly Dictionary<string, string> _comments = _assemblies.SelectMany(Comments).ToDictionary();

    /// <summary>Section and class, as the registrations say.</summary>
    public static IReadOnlyList<(string Section, Type Options)> Sections { get; } =
    [
        .. Repository.SourceFiles(".cs").Where(file => !file.Contains("Mail.Tests", StringComparison.Ordinal)).SelectMany(file => Binding().Matches(File.ReadAllText(file)))
            .Select(match => (Section: match.Groups["section"].Value, Options: TypeOf(match.Groups["type"].Value)))
            .Select(bound => bound with { Section = bound.Section.StartsWith('"') ? bound.Section.Trim('"') : (string)bound.Options.GetField("Section")!.GetRawConstantValue()! })
            .DistinctBy(bound => bound.Section).OrderBy(bound => bound.Section, StringComparer.Ordinal),
    ];

    public static string Text()
    {
        StringBuilder text = new();
        foreach ((string section, Type options) in Sections)
        {
            text.Append("\n### ").Append(section).Append("\n\n").Append(Comment($"T:{options.FullName}")).Append("\n\n| setting | kind | default | limits | meaning |\n|---|---|---|---|---|\n");
            Write(text, section, options, Activator.CreateInstance(options, nonPublic: true));
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, string prefix, Type type, object? defaults)
    {
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.CanWrite || IsList(property.PropertyType)).OrderBy(property => property.MetadataToken))
        {
            string name = $"{prefix}__{property.Name}";
            object? value = defaults is null ? null : property.GetValue(defaults);
            Type plain = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (plain.Namespace?.StartsWith("Mail.", StringComparison.Ordinal) == true && !plain.IsEnum)
            {
                Write(text, name, plain, value);
                continue;
            }

            if (ElementOf(plain) is { } element && element.Namespace?.StartsWith("Mail.", StringComparison.Ordinal) == true && !element.IsEnum)
            {
                Write(text, name + (IsMap(plain) ? "__NAME" : "__0"), element, null);
                continue;
            }

            string suffix = IsMap(plain) ? "__NAME" : IsList(plain) ? "__0" : "";
            text.Append("| `").Append(name).Append(suffix).Append("` | ").Append(Kind(plain)).Append(" | ").Append(Value(value)).Append(" | ").Append(Limits(property)).Append(" | ")
                .Append(Comment($"P:{property.DeclaringType!.FullName!.Replace('+', '.')}.{property.Name}")).Append(" |\n");
        }
    }

    private static string Kind(Type type) => type switch
    {
        _ when IsMap(type) => $"{Kind(ElementOf(type)!)}, by name",
        _ when IsList(type) => $"{Kind(ElementOf(type)!)}, several",
        _ when type == typeof(bool) => "true, false",
        _ when type == typeof(TimeSpan) => "time",
        _ when type == typeof(string) || type == typeof(Uri) => "text",
        _ when type.IsEnum => string.Join(", ", Enum.GetNames(type).Select(Word)),
        _ when type == typeof(double) || type == typeof(decimal) => "number",
        _ => "whole number",
    };

    private static string Value(object? value) => value switch
    {
        null or "" => "",
        bool yes => yes ? "`true`" : "`false`",
        TimeSpan time => $"`{time:c}`",
        Enum word => $"`{Word(word.ToString())}`",
        string said => $"`{said}`",
        IDictionary map => map.Count == 0 ? "" : string.Join(", ", map.Keys.Cast<object>().Select(key => $"`{key}`")),
        IEnumerable list => string.Join(", ", list.Cast<object>().Select(Value)),
        IFormattable number => $"`{number.ToString(null, CultureInfo.InvariantCulture)}`",
        _ => $"`{value}`",
    };

    private static string Limits(PropertyInfo property)
    {
        List<string> limits = [];
        if (property.GetCustomAttribute<RangeAttribute>() is { } range) limits.Add(string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}"));
        if (property.GetCustomAttribute<MaxLengthAttribute>() is { } most) limits.Add($"at most {most.Length}");
        if (property.GetCustomAttribute<MinLengthAttribute>() is { } least) limits.Add($"at least {least.Length}");
        if (property.GetCustomAttribute<RequiredAttribute>() is not null) limits.Add("not empty");
        if (property.GetCustomAttribute<RegularExpressionAttribute>() is { } form) limits.Add($"`{form.Pattern.Replace("|", "\\|", StringComparison.Ordinal)}`");
        return string.Join(", ", limits);
    }

    private static bool IsMap(Type type) => typeof(IDictionary).IsAssignableFrom(type) || (type.IsGenericType && type.GetInterfaces().Append(type).Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IDictionary<,>)));

    private static bool IsList(Type type) => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type);

    private static Type? ElementOf(Type type) => type.IsArray ? type.GetElementType() : IsList(type) && type.IsGenericType ? type.GetGenericArguments()[^1] : null;

    private static string Word(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static Type TypeOf(string name) => _assemblies.SelectMany(assembly => assembly.GetTypes()).Single(type => type.Name == name);

    private static string Comment(string member) => _comments.GetValueOrDefault(member, "").Replace("|", "\\|", StringComparison.Ordinal);

    private static IEnumerable<KeyValuePair<string, string>> Comments(Assembly assembly) =>
        XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member").Where(member => member.Element("summary") is not null)
            .Select(member => KeyValuePair.Create((string)member.Attribute("name")!, Spaces().Replace(Plain(member.Element("summary")!), " ").Trim()));

    private static string Plain(XElement summary) => string.Concat(summary.Nodes().Select(node => node switch
    {
        XText said => said.Value,
        XElement { Name.LocalName: "see" or "paramref" } link => ((string?)link.Attribute("cref") ?? (string?)link.Attribute("langword") ?? (string?)link.Attribute("name") ?? "").Split('.', ':')[^1],
        XElement other => Plain(other),
        _ => "",
    }));

    [GeneratedRegex("AddOptions<(?<type>\\w+)>\\(\\)\\.Bind(?:Configuration\\(|\\(configuration\\.GetSection\\()(?<section>\"\\w+\"|\\w+\\.Section)")]
    private static partial Regex Binding();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
