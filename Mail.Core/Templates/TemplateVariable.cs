using System.Text.Json;
using System.Text.Json.Serialization;
using Mail.Core.Common;

namespace Mail.Core.Templates;

/// <summary>What a variable's JSON value may be.</summary>
public enum TemplateVariableType
{
    /// <summary>A string, or a number, which is written in plain digits.</summary>
    [JsonStringEnumMemberName("string")]
    Text,

    /// <summary>A JSON number.</summary>
    Number,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>An absolute http or https address: it ends up in a link, where any other scheme could run script.</summary>
    Url,

    /// <summary>A moment: ISO 8601 with date, time and offset. Helpers write it in the mail's language and time zone.</summary>
    Date,

    /// <summary>The name of a time zone (IANA). The template's one variable of this type decides in which zone its dates are written.</summary>
    TimeZone,

    /// <summary>A list of objects whose fields are declared; <c>{{#each}}</c> goes through it.</summary>
    List,
}

/// <summary>A variable that a template declares.</summary>
/// <param name="Name">As written in the template and in the request.</param>
/// <param name="Type">What the caller may send.</param>
/// <param name="Required">Without it the message is refused at acceptance; null, blank text and an empty list count as missing.</param>
/// <param name="Default">Stands in for an optional variable that was not sent; undefined means empty.</param>
public sealed record TemplateVariable(string Name, TemplateVariableType Type, bool Required, JsonElement Default)
{
    /// <summary>What each item of a list holds, no lists among them. Empty for every other type.</summary>
    public IReadOnlyList<TemplateVariable> Fields { get; init; } = [];

    /// <summary>A code, or a link that proves who reads the mailbox: stored encrypted, and shown to nobody but the recipient.</summary>
    public bool IsSecret { get; init; }
}

/// <summary>A variable that the caller has to mend.</summary>
/// <param name="Name">The variable's name, or the way to an item's field: "passengers[2].name".</param>
/// <param name="Detail">What is wrong, as the rest of a sentence that begins with the path: "is required.".</param>
/// <param name="IsMissing">Whether a required value is absent, null or blank; otherwise it is there and cannot be used.</param>
public sealed record TemplateVariableProblem(string Name, string Detail, bool IsMissing)
{
    /// <summary>Where the value stands in the body of POST /emails.</summary>
    public string Path => $"template.variables.{Name}";

    /// <summary>The refusal of the message.</summary>
    public Failure ToFailure() => IsMissing ? Failure.Missing(Path) : Failure.Field(Path, Detail);

    /// <summary>The whole sentence: "`template.variables.code` is required.".</summary>
    public override string ToString() => $"`{Path}` {Detail}";
}
