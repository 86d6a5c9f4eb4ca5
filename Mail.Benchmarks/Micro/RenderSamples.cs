using System.Globalization;
using System.Text.Json;
using Mail.Core.Messages;
using Mail.Core.Templates;
using Mail.Core.Templates.Editing;

namespace Mail.Benchmarks.Micro;

/// <summary>A template with variables for it, as they come with a call.</summary>
internal sealed record RenderSample(PublishedTemplate Template, IReadOnlyDictionary<string, JsonElement> Variables);

/// <summary>What is rendered: mails of the built-in set with their samples, and a report with a long table.</summary>
internal static class RenderSamples
{
    private const int Rows = 100;

    private static readonly TemplateCatalog _builtIn = new();

    public static RenderSample PasswordReset { get; } = BuiltIn("password-reset");

    public static RenderSample ReminderDriver { get; } = BuiltIn("reminder-driver");

    public static RenderSample Table { get; } = new(
        new PublishedTemplate("table", "1", "Table", Lane.Normal, [new("title", TemplateVariableType.Text, true, default), new("rows", TemplateVariableType.List, true, default)
        {
            Fields = [new("article", TemplateVariableType.Text, true, default), new("reference", TemplateVariableType.Text, true, default), new("quantity", TemplateVariableType.Text, true, default), new("url", TemplateVariableType.Url, true, default), new("note", TemplateVariableType.Text, false, default)],
        }],
        """
        <!doctype html><html lang="{{locale}}" dir="{{dir}}"><head><title>{{t "subject"}}</title></head><body><h1>{{title}}</h1><table><tr><th>{{t "article"}}</th><th>{{t "quantity"}}</th></tr>
        {{#each rows}}
        <tr><td style="padding:8px 16px;border-bottom:1px solid #d5dbe5;font-family:Arial,sans-serif;font-size:14px"><a href="{{url}}">{{article}}</a> ({{reference}}){{#if note}}<br><em>{{note}}</em>{{/if}}</td><td style="padding:8px 16px;border-bottom:1px solid #d5dbe5;text-align:right">{{quantity}}</td></tr>
        {{/each}}
        </table></body></html>
        """,
        """
        {{title}}

        {{#each rows}}
        - {{article}} ({{reference}}): {{quantity}}{{#if note}}, {{note}}{{/if}}
          {{url}}
        {{/each}}
        """,
        new Dictionary<string, IReadOnlyDictionary<string, string>> { ["en"] = new Dictionary<string, string> { ["subject"] = "Your order: {{title}}", ["article"] = "Article", ["quantity"] = "Quantity" } }),
        new Dictionary<string, JsonElement>
        {
            ["title"] = JsonSerializer.SerializeToElement("A hundred articles"),
            ["rows"] = JsonSerializer.SerializeToElement(Enumerable.Range(1, Rows).Select(n => new Dictionary<string, string?>
            {
                ["article"] = string.Create(CultureInfo.InvariantCulture, $"Nuts & bolts <M{n}>"),
                ["reference"] = string.Create(CultureInfo.InvariantCulture, $"NB-{1000 + n}"),
                ["quantity"] = string.Create(CultureInfo.InvariantCulture, $"{n * 3}"),
                ["url"] = string.Create(CultureInfo.InvariantCulture, $"https://shop.example/articles/{n}?from=mail"),
                ["note"] = n % 3 == 0 ? "is delivered later" : null,
            })),
        });

    private static RenderSample BuiltIn(string key) => new(_builtIn.Find(key)!, BuiltInSources.Template(key)!.Sample);
}
