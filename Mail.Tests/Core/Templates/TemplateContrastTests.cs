using System.Globalization;
using System.Text.RegularExpressions;

namespace Mail.Tests.Core.Templates;

/// <summary>Colours as they stand in the committed CSS, measured by WCAG 2.2 (1.4.3 Contrast, minimum: 4.5 to 1).</summary>
public sealed partial class TemplateContrastTests
{
    private const double Minimum = 4.5;

    private static readonly string _html = TemplateSamples.PasswordReset.Html;

    [Theory]
    [InlineData("code-block", "code")]
    [InlineData("code-block", "code-label")]
    [InlineData("code-block", "code-hint")]
    [InlineData("note", "ink")]
    [InlineData("panel", "ink")]
    [InlineData("ground", "quiet")]
    public void Text_is_readable_in_light_and_dark(string ground, string text)
    {
        (string Ground, string Text) light = (LightGround(ground), LightText(text));
        (string Ground, string Text) dark = (DarkColour(ground, "background-color"), DarkColour(text, "color"));

        Assert.True(Contrast(light.Ground, light.Text) >= Minimum, $"{light} has {Contrast(light.Ground, light.Text):F2}");
        Assert.True(Contrast(dark.Ground, dark.Text) >= Minimum, $"{dark} has {Contrast(dark.Ground, dark.Text):F2}");
        Assert.NotEqual(light, dark);
    }

    [Fact]
    public void Header_is_readable_at_both_ends_of_its_gradient_and_without_it()
    {
        Match header = Header().Match(_html);

        Assert.True(header.Success);
        Assert.All(header.Groups.Values.Skip(1), colour => Assert.True(Contrast(colour.Value, "#ffffff") >= Minimum, colour.Value));
    }

    [Theory, InlineData("#000000", "#ffffff", 21.0), InlineData("#777777", "#ffffff", 4.48), InlineData("#0000ff", "#ffffff", 8.59)]
    public void Contrast_is_computed_as_the_standard_says(string a, string b, double expected) => Assert.Equal(expected, Contrast(a, b), 2);

    private static string LightGround(string name) => Colour($"""class="(?:[^"]* )?{name}"[^#]*?background(?:-color)?:(#[0-9a-f]+)""", _html);

    private static string LightText(string name) => Colour($"""<td align="[a-z]+" class="{name}"[^>]*>\s*<div style="[^"]*;color:(#[0-9a-f]+);""", _html);

    private static string DarkColour(string name, string property)
    {
        string dark = DarkRules().Match(_html).Groups[1].Value;
        return Colour($$"""\.{{name}}\b(?!-)[^{]*\{[^}]*(?<![a-z-]){{property}}: (#[0-9a-f]+) !important""", dark);
    }

    private static string Colour(string pattern, string source)
    {
        Match match = Regex.Match(source, pattern, RegexOptions.CultureInvariant);
        Assert.True(match.Success, $"No colour is found by {pattern}.");
        return match.Groups[1].Value;
    }

    private static double Contrast(string a, string b)
    {
        (double first, double second) = (Luminance(a), Luminance(b));
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double[] channels = [.. Enumerable.Range(0, 3).Select(i => int.Parse(colour.AsSpan(1 + (2 * i), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4))];
        return (0.2126 * channels[0]) + (0.7152 * channels[1]) + (0.0722 * channels[2]);
    }

    [GeneratedRegex("""@media \(prefers-color-scheme: dark\) \{(.*?)\n      \}""", RegexOptions.Singleline)]
    private static partial Regex DarkRules();

    [GeneratedRegex("""background: (#[0-9a-f]{6}) linear-gradient\(120deg, (#[0-9a-f]{6}) 0%, (#[0-9a-f]{6}) 100%\)""")]
    private static partial Regex Header();
}
