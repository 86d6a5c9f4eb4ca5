using Mail.Protocol.Smtp;

namespace Mail.Tests.Protocol.Smtp;

public sealed class XtextTests
{
    [Theory]
    [InlineData("QQ314159", "QQ314159")]
    [InlineData("Carol@example.com", "Carol@example.com")]
    [InlineData("a+b=c d", "a+2Bb+3Dc+20d")]
    [InlineData("", "")]
    public void Only_what_would_end_the_parameter_is_coded(string text, string coded)
    {
        Assert.Equal(coded, Xtext.Encode(text));
        Assert.True(Xtext.TryDecode(coded, out string? decoded));
        Assert.Equal(text, decoded);
    }

    [Theory]
    [InlineData("a+2")]
    [InlineData("a+")]
    [InlineData("a+GG")]
    [InlineData("a=b")]
    [InlineData("a b")]
    [InlineData("a+0D+0A")] // would end a line wherever it is written next
    [InlineData("a+00")]
    [InlineData("a+E9")]
    [InlineData("é")]
    public void What_is_not_xtext_or_hides_a_control_character_is_refused(string coded) => Assert.False(Xtext.TryDecode(coded, out _));

    [Theory, InlineData("a+2bc", "a+c"), InlineData("+3D", "=")]
    public void Either_case_of_hex_is_read(string coded, string text)
    {
        Assert.True(Xtext.TryDecode(coded, out string? decoded));
        Assert.Equal(text, decoded);
    }
}
