using System.Text.Json;

namespace Mail.Core.Templates;

/// <summary>Variables that are lists of objects: passengers, stops, the rows of a table.</summary>
internal static class TemplateLists
{
    /// <summary>More rows than a mail can show before it is clipped.</summary>
    public const int MaxItems = 500;

    /// <summary>Enough to see what is wrong with a list; a caller who sends 500 bad rows has made one mistake.</summary>
    public const int MaxProblems = 10;

    /// <summary>Everything that is wrong with a list that is there, up to <see cref="MaxProblems"/>.</summary>
    public static IEnumerable<TemplateVariableProblem> ProblemsWith(TemplateVariable list, JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Array) return [new TemplateVariableProblem(list.Name, "must be a list.", IsMissing: false)];
        if (value.GetArrayLength() == 0) return list.Required ? [new TemplateVariableProblem(list.Name, "is required.", IsMissing: true)] : [];
        if (value.GetArrayLength() > MaxItems) return [new TemplateVariableProblem(list.Name, $"has more than {MaxItems} items.", IsMissing: false)];
        return ProblemsWithItems(list, value).Take(MaxProblems);
    }

    /// <summary>Each field of an item is there, as null when it has no value: what is not there was not declared, and is an error in the template.</summary>
    public static List<Dictionary<string, object?>> Resolve(TemplateVariable list, JsonElement value, TimeZoneInfo zone)
    {
        if (value.ValueKind is not JsonValueKind.Array) return [];
        List<Dictionary<string, object?>> items = new(value.GetArrayLength());
        foreach (JsonElement item in value.EnumerateArray())
        {
            Dictionary<string, object?> fields = new(list.Fields.Count, StringComparer.Ordinal);
            foreach (TemplateVariable field in list.Fields) fields[field.Name] = TemplateVariableRules.Resolve(field, Field(item, field), zone);
            items.Add(fields);
        }
        return items;
    }

    private static IEnumerable<TemplateVariableProblem> ProblemsWithItems(TemplateVariable list, JsonElement value)
    {
        int index = -1;
        foreach (JsonElement item in value.EnumerateArray())
        {
            index++;
            if (item.ValueKind is not JsonValueKind.Object)
            {
                yield return new TemplateVariableProblem($"{list.Name}[{index}]", "must be an object.", IsMissing: false);
                continue;
            }
            foreach (TemplateVariable field in list.Fields)
                if (TemplateVariableRules.ProblemWith(field, Field(item, field)) is { } problem)
                    yield return problem with { Name = $"{list.Name}[{index}].{problem.Name}" };
        }
    }

    private static JsonElement Field(JsonElement item, TemplateVariable field) => item.TryGetProperty(field.Name, out JsonElement value) ? value : default;
}
