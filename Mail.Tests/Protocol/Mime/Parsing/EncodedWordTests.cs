using Mail.Protocol.Mime.Parsing;
using static Mail.Tests.Protocol.Mime.Parsing.ParseSamples;

namespace Mail.Tests.Protocol.Mime.Parsing;

public sealed class EncodedWordTests
{
    [Theory] // RFC 2047 §8
    [InlineData("=?ISO-8859-1?Q?a?=", "a")]
    [InlineData("=?ISO-8859-1?Q?a?= b", "a b")]
    [InlineData("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab")]
    [InlineData("=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=", "ab")]
    [InlineData("=?ISO-8859-1?Q?a?=\n =?ISO-8859-1?Q?b?=", "ab")]
    [InlineData("=?ISO-8859-1?Q?a_b?=", "a b")]
    [InlineData("=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=", "a b")]
    [InlineData("=?utf-8?B?R3LDvMOfZQ==?=", "Grüße")]
    [InlineData("=?utf-8?b?R3LDvMOfZQ==?= =?UTF-8?q?_Gr=C3=BC=c3=9fe?=", "Grüße Grüße")]
    [InlineData("=?iso-2022-jp?B?GyRCJUYlOSVIGyhC?=", "テスト")]
    [InlineData("=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?=", "Grüße")] // RFC 2231 §5
    public void Encoded_words_are_decoded(string value, string expected) => Assert.Equal(expected, Header(value).Value);

    [Theory]
    [InlineData("=?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?=", "Grüße")]                 // a character cut in two
    [InlineData("=?utf-8?B?R3LDvMOf?= =?utf-8?Q?e?=", "Grüße")]                       // encodings by turns
    [InlineData("=?utf-8?B?R3LDvMOfZQ?=", "Grüße")]                                  // no padding
    [InlineData("=?utf-8?B?R3LDv MOfZQ==?=", "Grüße")]                               // a blank within
    [InlineData("=?utf-8?Q?a long text?=", "a long text")]                           // blanks within
    [InlineData("a=?utf-8?Q?b?=c", "abc")]                                           // glued to other text
    [InlineData("\"=?utf-8?Q?b?=\"", "\"b\"")]                                       // within quotes
    [InlineData("=?utf-8?Q?50%=?=", "50%=")]                                         // an equals sign that escapes nothing
    [InlineData("=?x-nobody-knows?Q?a=C3=BC?=", "aü")]                               // unknown charset that is UTF-8
    [InlineData("=?x-nobody-knows?Q?a=FC?=", "aü")]                                  // unknown charset that is none
    [InlineData("=?us-ascii?Q?Gr=C3=BC=C3=9Fe?=", "Grüße")]                          // more than ASCII
    [InlineData("=?utf-8?Q?=FF?=", "\uFFFD")]
    public void Broken_encoded_words_are_decoded(string value, string expected) => Assert.Equal(expected, Header(value).Value);

    [Theory]
    [InlineData("=?utf-8?Q?no end")]
    [InlineData("=?utf-8?X?unknown encoding?=")]
    [InlineData("=??Q?no charset?=")]
    [InlineData("=?utf-8?Q")]
    [InlineData("=?")]
    [InlineData("= ?utf-8?Q?a?=")]
    public void What_is_no_encoded_word_stays_as_it_is(string value) => Assert.Equal(value, Header(value).Value);

    [Fact]
    public void A_word_without_an_end_does_not_swallow_the_next() =>
        Assert.Equal("=?utf-8?Q?a b", Header("=?utf-8?Q?a =?utf-8?Q?b?=").Value);

    [Fact]
    public void Defects_of_words_are_noted_where_the_field_begins()
    {
        ParsedMessage message = Parse("A: b\nSubject: =?x-none?B?@@@@?=\n\n");

        Assert.Equal("", message.Subject);
        Assert.Equal([(MimeDefectKind.InvalidEncodedWord, 6L)], message.Defects.Select(d => (d.Kind, d.Offset)));
    }
}
