using System.Text.Json;
using System.Text.Json.Serialization;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Templates;
using Mail.Core.Templates.Editing;

namespace Mail.Api.Templates;

/// <summary>The body of POST /templates and PATCH /templates/{id}. What is absent keeps its value; null empties `mjml`, `html`, `text` and `layout`.</summary>
/// <param name="Key">What calls name: `order-confirmation`.</param>
/// <param name="Alias">The same, as Resend and Postmark name it.</param>
/// <param name="Name">For people.</param>
/// <param name="Lane">The lane of its messages unless the call says otherwise: `critical`, `normal` or `bulk`.</param>
/// <param name="Unsubscribe">Whether its messages carry an unsubscribe link unless the call says otherwise.</param>
/// <param name="Tracking">Whether its messages may be tracked at all; true when it is not given.</param>
/// <param name="DefaultLocale">The language that all others fall back to; `en` when it is not given.</param>
/// <param name="Layout">The layout whose partials, texts and variables it uses: `_layout` is the built-in one.</param>
/// <param name="Mjml">The design. Either this or `html`.</param>
/// <param name="Html">Finished HTML.</param>
/// <param name="Text">The text part; written from the HTML when there is none.</param>
/// <param name="Subject">The subject in the default language: the same as the text `subject` in `strings`.</param>
/// <param name="Strings">By language and key, the texts that `{{t "key"}}` shows; `subject` and `preheader` are among them.</param>
/// <param name="Variables">By name, what a message may say: `{"type":"string","required":true}`. Resend's form, a list of `{"key","type","fallback_value"}`, is taken too.</param>
/// <param name="Sample">Variables for previews.</param>
/// <param name="Revision">PATCH only: the draft's revision that the change was made to; refused with 409 when somebody else changed it since.</param>
public sealed record TemplateRequest(
    string? Key, string? Alias, string? Name, Lane? Lane, bool? Unsubscribe, bool? Tracking, string? DefaultLocale, string? Layout, string? Mjml, string? Html, string? Text, string? Subject,
    Dictionary<string, Dictionary<string, string>>? Strings, [property: JsonConverter(typeof(VariablesJson))] Dictionary<string, VariableSource>? Variables,
    Dictionary<string, JsonElement>? Sample, int? Revision)
{
    private static readonly string[] _fields = ["key", "alias", "name", "lane", "unsubscribe", "tracking", "default_locale", "layout", "mjml", "html", "text", "subject", "strings", "variables", "sample", "revision"];
    private static readonly string[] _nullable = ["layout", "mjml", "html", "text"];

    private HashSet<string> Emptied { get; init; } = [];

    /// <summary>The key, by either of its names.</summary>
    [JsonIgnore]
    public string? WantedKey => Key ?? Alias;

    public static async Task<Result<TemplateRequest>> ReadAsync(HttpRequest http, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<TemplateRequest> request = JsonBody.Parse(body, ApiJson.Default.TemplateRequest);
        if (!request.IsSuccess) return request;
        using JsonDocument document = JsonDocument.Parse(body);
        return request.Value.Checked(document.RootElement, "");
    }

    /// <summary>Refuses what no template has, and notes what is to be emptied.</summary>
    public Result<TemplateRequest> Checked(JsonElement json, string path)
    {
        HashSet<string> emptied = [];
        foreach (JsonProperty field in json.EnumerateObject())
        {
            string shown = path + (field.Name.Length <= 60 ? field.Name : $"{field.Name[..60]}…");
            if (!_fields.Contains(field.Name)) return Failure.Field(shown, $"is no field of a template; these are: {string.Join(", ", _fields)}.");
            if (field.Value.ValueKind is not JsonValueKind.Null) continue;
            if (!_nullable.Contains(field.Name)) return Failure.Field(shown, "must not be null; leave it out to keep it as it is.");
            emptied.Add(field.Name);
        }

        if (Key is not null && Alias is not null && Key != Alias) return Failure.Field(path + "alias", "contradicts `key`; they are two names of the same thing.");
        if (Strings is not null && Strings.Any(texts => texts.Value is null)) return Failure.Field(path + "strings", "must not hold null.");
        if (Strings is not null && Strings.Any(texts => texts.Value.Any(text => text.Value is null))) return Failure.Field(path + "strings", "must not hold null; leave a text out to have the default language's shown.");
        return this with { Emptied = emptied };
    }

    /// <summary>The draft with what is wanted of it.</summary>
    public TemplateSource Apply(TemplateSource draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        TemplateSource changed = draft with
        {
            Name = Name ?? draft.Name,
            Lane = Lane ?? draft.Lane,
            Unsubscribe = Unsubscribe ?? draft.Unsubscribe,
            Tracking = Tracking ?? draft.Tracking,
            DefaultLocale = DefaultLocale ?? draft.DefaultLocale,
            Layout = Kept("layout", Layout, draft.Layout),
            Text = Kept("text", Text, draft.Text),
            Mjml = Html is not null && Mjml is null ? null : Kept("mjml", Mjml, draft.Mjml), // who sends the one has done with the other
            Html = Mjml is not null && Html is null ? null : Kept("html", Html, draft.Html),
            Variables = Variables ?? draft.Variables,
            Sample = Sample ?? draft.Sample,
            Strings = Strings?.ToDictionary(texts => texts.Key, texts => (IReadOnlyDictionary<string, string>)texts.Value) ?? draft.Strings,
        };
        return Subject is null ? changed : changed with { Strings = WithSubject(changed) };
    }

    private Dictionary<string, IReadOnlyDictionary<string, string>> WithSubject(TemplateSource draft)
    {
        Dictionary<string, string> texts = draft.Strings.TryGetValue(draft.DefaultLocale, out IReadOnlyDictionary<string, string>? there) ? new(there) : [];
        texts[PublishedTemplate.SubjectKey] = Subject!;
        return new Dictionary<string, IReadOnlyDictionary<string, string>>(draft.Strings) { [draft.DefaultLocale] = texts };
    }

    private string? Kept(string field, string? wanted, string? there) => Emptied.Contains(field) ? null : wanted ?? there;
}
