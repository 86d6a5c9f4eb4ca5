using System.Globalization;
using System.Text.Json;
using HandlebarsDotNet;
using Mail.Core.Templates;

namespace Mail.Tests.Core.Templates;

/// <summary>Dates, numbers and amounts as languages write them. Narrow spaces of French numbers stand as U+202F.</summary>
public sealed class LocalFormatsTests
{
    private static readonly DateTimeOffset _moment = new(2026, 11, 21, 15, 4, 9, TimeSpan.FromHours(1));

    [Theory]
    [InlineData("en", null, "21 November 2026"), InlineData("en", "full", "Saturday 21 November 2026"), InlineData("en", "short", "21/11/2026")]
    [InlineData("fr", null, "21 novembre 2026"), InlineData("fr", "full", "samedi 21 novembre 2026"), InlineData("fr", "short", "21/11/2026")]
    [InlineData("en-US", null, "November 21, 2026"), InlineData("en-US", "full", "Saturday, November 21, 2026"), InlineData("de", null, "21. November 2026")]
    [InlineData("fr-CA", "short", "2026-11-21"), InlineData("xx-QQ", "short", "11/21/2026")]
    public void Date_is_written_as_the_language_does(string locale, string? style, string expected) =>
        Assert.Equal(expected, new LocalFormats(locale).Date(_moment, style));

    [Theory]
    [InlineData("en", null, "21 November 2026 at 15:04"), InlineData("fr", null, "21 novembre 2026 à 15:04"), InlineData("fr", "short", "21/11/2026 à 15:04"), InlineData("de", "short", "21.11.2026, 15:04")]
    public void Date_and_time_are_joined_as_the_language_does(string locale, string? style, string expected) =>
        Assert.Equal(expected, new LocalFormats(locale).DateAndTime(_moment, style));

    [Theory]
    [InlineData("fr", null, "1er décembre 2026"), InlineData("fr", "full", "mardi 1er décembre 2026"), InlineData("fr", "short", "01/12/2026"), InlineData("en", null, "1 December 2026")]
    public void French_has_a_word_of_its_own_for_the_first_of_a_month(string locale, string? style, string expected) =>
        Assert.Equal(expected, new LocalFormats(locale).Date(new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero), style));

    [Theory]
    [InlineData("en", "1234567.5", "1,234,567.5"), InlineData("fr", "1234567.5", "1\u202f234\u202f567,5"), InlineData("en", "0", "0"), InlineData("fr", "-12.345678", "-12,345678")]
    public void Number_is_grouped(string locale, string number, string expected) => Assert.Equal(expected, new LocalFormats(locale).Number(Decimal(number)));

    [Theory]
    [InlineData("en", "12.5", "EUR", "€12.50"), InlineData("fr", "12.5", "EUR", "12,50\u00a0€"), InlineData("fr", "1234.5", "EUR", "1\u202f234,50\u00a0€"), InlineData("en", "1234.5", "USD", "US$1,234.50")]
    [InlineData("en", "12.5", "CHF", "CHF\u00a012.50"), InlineData("en", "500", "JPY", "JPY\u00a0500"), InlineData("en", "-3", "GBP", "-£3.00"), InlineData("fr", "1.2345", "TND", "1,235\u00a0TND")]
    [InlineData("en", "1", "?", "?1.00")]
    public void Amount_carries_its_currency(string locale, string amount, string currency, string expected) =>
        Assert.Equal(expected, new LocalFormats(locale).Money(Decimal(amount), currency));

    [Fact]
    public void Style_that_does_not_exist_is_an_error() => Assert.Throws<HandlebarsRuntimeException>(() => new LocalFormats("en").Date(_moment, "long"));

    [Fact]
    public void Every_culture_of_the_system_can_write_a_date()
    {
        foreach (CultureInfo culture in CultureInfo.GetCultures(CultureTypes.AllCultures).Where(culture => Locale.IsWellFormed(culture.Name)))
            Assert.False(string.IsNullOrWhiteSpace(new LocalFormats(culture.Name).DateAndTime(_moment, null)), culture.Name);
    }

    [Theory]
    [InlineData("Europe/Paris", "fr", "1er décembre 2026 à 00:30"), InlineData("UTC", "fr", "30 novembre 2026 à 23:30"), InlineData("America/New_York", "en", "30 November 2026 at 18:30")]
    public void Dates_are_written_in_the_time_zone_of_the_mail(string zone, string locale, string expected)
    {
        PublishedTemplate template = TemplateSamples.Catalog.Find("decision-reminder")! with { Version = "bare", Text = "{{datetime expires_at}}" };
        Dictionary<string, JsonElement> variables = TemplateSamples.Sample("decision-reminder");
        (variables["expires_at"], variables["time_zone"]) = (JsonSerializer.SerializeToElement("2026-11-30T23:30:00Z"), JsonSerializer.SerializeToElement(zone));

        Assert.Equal(expected + "\n", TemplateSamples.Renderer.Render(template, variables, locale).Text);
    }

    [Fact]
    public void Zone_of_the_installation_counts_where_the_message_names_none()
    {
        TemplateRenderer renderer = new(Microsoft.Extensions.Options.Options.Create(new TemplateOptions { Layout = { ["time_zone"] = "Asia/Tokyo" } }));
        PublishedTemplate template = TemplateSamples.Catalog.Find("decision-reminder")! with { Version = "bare", Text = "{{time expires_at}} {{time_zone}}" };
        Dictionary<string, JsonElement> variables = TemplateSamples.Sample("decision-reminder");
        variables["expires_at"] = JsonSerializer.SerializeToElement("2026-11-30T23:30:00Z");
        variables.Remove("time_zone");

        Assert.Equal("08:30 Asia/Tokyo\n", renderer.Render(template, variables, "en").Text);
    }

    [Theory]
    [InlineData("{{expires_at}}"), InlineData("{{date requester}}"), InlineData("{{date expires_at \"long\"}}"), InlineData("{{number requester}}"), InlineData("{{money 5}}")]
    public void Helper_with_a_value_of_another_kind_is_a_defect(string text)
    {
        PublishedTemplate template = TemplateSamples.Catalog.Find("decision-reminder")! with { Version = text, Text = text };

        Assert.Throws<TemplateDefectException>(() => TemplateSamples.Renderer.Render(template, TemplateSamples.Sample("decision-reminder"), "en"));
    }

    private static decimal Decimal(string digits) => decimal.Parse(digits, CultureInfo.InvariantCulture);
}
