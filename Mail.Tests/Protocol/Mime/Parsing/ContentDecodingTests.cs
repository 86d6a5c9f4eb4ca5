using System.Buffers;
using System.Text;
using Mail.Protocol.Mime.Parsing;
using static Mail.Tests.Protocol.Mime.Parsing.ParseSamples;

namespace Mail.Tests.Protocol.Mime.Parsing;

public sealed class ContentDecodingTests
{
    [Theory]
    [InlineData("AQIDBA==", "01020304")]
    [InlineData("AQID\nBA==\n", "01020304")]
    [InlineData(" A Q\tI D\n\n\nB A = = ", "01020304")]
    [InlineData("", "")]
    [InlineData("AQ==AgM=\nBA==", "01020304")]           // texts that were joined
    public void Base64_is_decoded(string content, string expected) => AssertContent("base64", content, expected, isClean: true);

    [Theory]
    [InlineData("AQIDBA", "01020304")]                   // no padding
    [InlineData("AQIDBA=", "01020304")]
    [InlineData("A!Q*ID\xFF" + "BA==", "01020304")]      // other characters
    [InlineData("AQIDB", "010203")]                      // cut off within an octet
    [InlineData("====", "")]
    [InlineData("!", "")]
    public void Base64_with_dirt_is_decoded(string content, string expected) => AssertContent("base64", content, expected, isClean: null);

    [Theory]
    [InlineData("a=3Db", "a=b")]
    [InlineData("a=3db=C3=bC", "a=b\xC3\xBC")]
    [InlineData("a=\nb", "ab")]
    [InlineData("a=  \nb", "ab")]                        // blanks after a soft line break
    [InlineData("a \t\nb", "a\r\nb")]                    // blanks at the end of a line
    [InlineData("a=20\nb", "a \r\nb")]
    [InlineData("a_b", "a_b")]
    [InlineData("a=", "a")]
    public void Quoted_printable_is_decoded(string content, string expected) => AssertContent("quoted-printable", content, Hex(expected), isClean: true);

    [Theory]
    [InlineData("a=b", "a=b")]
    [InlineData("a=4", "a=4")]
    [InlineData("a==3D", "a==")]
    [InlineData("a\xFC=3D", "a\xFC=")]
    public void Quoted_printable_with_dirt_is_decoded(string content, string expected) => AssertContent("Quoted-Printable", content, Hex(expected), isClean: null);

    [Theory]
    [InlineData("begin 644 cat.txt\n#0V%T\n`\nend\n", "Cat", true)]
    [InlineData("\ntext before\nbegin 644 cat.txt\n#0V%T\nend\ntext after", "Cat", true)]
    [InlineData("begin 644 cat.txt\n$0V%T(\n`\nend\n", "Cat ", true)]
    [InlineData("begin 644 cat.txt\n$0V%T\n`\nend\n", "Cat", false)]
    [InlineData("begin 644 cat.txt\n#0V%T\n", "Cat", false)]
    [InlineData("#0V%T\n", "", false)]
    public void Uuencoded_content_is_decoded(string content, string expected, bool isClean) => AssertContent("x-uuencode", content, Hex(expected), isClean);

    [Theory]
    [InlineData("8bit", true)]
    [InlineData("7BIT (as it should be)", true)]
    [InlineData("7-bit", false)]
    [InlineData("x-none", false)]
    public void Content_that_is_not_encoded_is_what_it_is(string encoding, bool isKnown)
    {
        ParsedMessage message = Parse($"Content-Transfer-Encoding: {encoding}\n\na=3D\xFC");

        Assert.Equal(Octets("a=3D\xFC"), message.Root.DecodeContent());
        Assert.Equal(isKnown ? [] : ["UnknownTransferEncoding"], message.Kinds());
    }

    [Fact]
    public void Defects_of_content_are_noted_once_and_say_where_it_begins()
    {
        ParsedMessage message = Parse("Content-Transfer-Encoding: base64\n\nA!");

        message.Root.DecodeContent();
        message.Root.DecodeContent();

        Assert.Equal([(MimeDefectKind.InvalidTransferEncoding, 37L)], message.Defects.Select(d => (d.Kind, d.Offset)));
    }

    private static string Hex(string text) => Convert.ToHexString(Encoding.Latin1.GetBytes(text));

    private static void AssertContent(string encoding, string content, string expected, bool? isClean)
    {
        ParsedMessage message = Parse($"Content-Type: application/x\nContent-Transfer-Encoding: {encoding}\n\n{content}");
        ArrayBufferWriter<byte> output = new();
        message.Root.DecodeContent(output);

        Assert.Equal(expected, Convert.ToHexString(message.Root.DecodeContent()));
        Assert.Equal(expected, Convert.ToHexString(output.WrittenSpan));
        if (isClean is true) Assert.Empty(message.Defects);
        if (isClean is false) Assert.Equal(["InvalidTransferEncoding"], message.Kinds());
    }
}
