using Mail.Core.Templates;

namespace Mail.Tests.Core.Templates;

public sealed class LocaleTests
{
    [Theory]
    [InlineData("en"), InlineData("fr-CA"), InlineData("zh-Hant-TW"), InlineData("es-419"), InlineData("sl-rozaj-biske"), InlineData("de-1996")]
    [InlineData("ar-EG-u-nu-latn"), InlineData("en-x-acme"), InlineData("FR-ca")]
    public void Tag_of_the_standard_form_is_taken(string tag) => Assert.True(Locale.IsWellFormed(tag));

    [Theory]
    [InlineData(null), InlineData(""), InlineData("f"), InlineData("fr_CA"), InlineData("fr-"), InlineData("-fr"), InlineData("fr--CA"), InlineData("français")]
    [InlineData("fr\n"), InlineData("../etc"), InlineData("en-u"), InlineData("en-US-x-aaaaaaaa-bbbbbbbb-cccccccc-dddddddd")]
    public void Other_text_is_not(string? tag) => Assert.False(Locale.IsWellFormed(tag));

    [Fact]
    public void Chain_drops_subtags_from_the_end_and_never_ends_in_a_single_letter() =>
        Assert.Equal(["zh-Hant-TW-u-nu-latn", "zh-Hant-TW-u-nu", "zh-Hant-TW", "zh-Hant", "zh"], Locale.FallbackChain("zh-Hant-TW-u-nu-latn"));

    [Theory]
    [InlineData("fr-CA", "fr")]
    [InlineData("pt-br", "pt-BR")]
    [InlineData("pt-PT", "en")]
    [InlineData("fr_CA", "en")]
    public void Negotiation_takes_the_nearest_that_is_there(string asked, string expected) =>
        Assert.Equal(expected, Locale.Negotiate(asked, ["en", "fr", "pt-BR"]));

    [Theory, InlineData("ar-EG", "rtl"), InlineData("he", "rtl"), InlineData("fr-CA", "ltr"), InlineData("en", "ltr")]
    public void Direction_follows_the_language(string tag, string expected) => Assert.Equal(expected, Locale.Direction(tag));
}
