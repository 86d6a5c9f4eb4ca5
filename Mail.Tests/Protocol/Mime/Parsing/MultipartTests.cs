using System.Text;
using Mail.Protocol.Mime.Parsing;
using static Mail.Tests.Protocol.Mime.Parsing.ParseSamples;

namespace Mail.Tests.Protocol.Mime.Parsing;

public sealed class MultipartTests
{
    [Theory]
    [InlineData("mixed; boundary=b", "preamble\n--b\n\none\n--b\n\ntwo\n--b--\nepilogue\n", "mixed(one two)", "")]
    [InlineData("mixed; boundary=b", "--b\n\none\n--b  \n\ntwo\n--b--  \n", "mixed(one two)", "")]                               // blanks after the boundary
    [InlineData("mixed; boundary=b", "--b\n\none\n\n--b\n\n\ntwo\n--b--", "mixed(one- -two)", "")]                              // only one line end is the boundary's
    [InlineData("mixed; boundary=b", "--b\n\none\n--bc\ntwo\n--b x\n --b\n--b--\n", "mixed(one---bc-two---b x- --b)", "")]        // only whole lines are boundaries
    [InlineData("mixed; boundary=b", "--b\n--b\n\ntwo\n--b--\n", "mixed( two)", "MissingBodySeparator")]
    [InlineData("mixed; boundary=b", "--b\nContent-Type: text/plain\n--b--\n", "mixed()", "MissingBodySeparator")]
    [InlineData("mixed; boundary=b", "--b\ntext without headers\n--b--\n", "mixed(text without headers)", "MissingBodySeparator")]
    [InlineData("mixed; boundary=b", "--b\n\none\n", "mixed(one-)", "MissingClosingBoundary")]
    [InlineData("mixed; boundary=b", "--b\n\none\n--b\n", "mixed(one)", "MissingClosingBoundary")]
    [InlineData("mixed; boundary=b", "--b--\n", "mixed()", "")]
    [InlineData("mixed; boundary=b", "--b--\n\n--b\n\nafter the end\n--b--\n", "mixed()", "")]
    [InlineData("mixed; boundary=\"a b\"", "--a b\n\none\n--a b--\n", "mixed(one)", "")]
    [InlineData("mixed; boundary=b", "no part\n", "mixed()", "BoundaryNotFound")]
    [InlineData("mixed", "no part\n", "mixed()", "MissingBoundary")]
    [InlineData("mixed; boundary=b", "--c\nContent-Type: text/plain\n\none\n--c--\n", "mixed(one)", "BoundaryNotFound")]
    [InlineData("mixed", "--c\ncontent-type: text/plain\n\none\n--c--\n", "mixed(one)", "MissingBoundary")]
    [InlineData("mixed; boundary=\"b \"", "--b\nContent-Type: text/plain\n\none\n--b--\n", "mixed(one)", "BoundaryNotFound")]      // its last blank got lost
    [InlineData("mixed; boundary=b", "--b\nContent-Type: multipart/alternative; boundary=bb\n\n--bb\n\none\n--bb--\n--b\n\ntwo\n--b--\n", "mixed(alternative(one) two)", "")]
    [InlineData("mixed; boundary=bb", "--bb\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\none\n--b--\n--bb\n\ntwo\n--bb--\n", "mixed(alternative(one) two)", "")]
    [InlineData("mixed; boundary=b", "--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\n\none\n--b\n\ntwo\n--b--\n", "mixed(alternative(one) two)", "MissingClosingBoundary")]
    [InlineData("mixed; boundary=b", "--b\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\none\n--b--\n--b\n\ntwo\n--b--\n", "mixed(alternative(one) two)", "")]
    [InlineData("mixed; boundary=b", "--b\nContent-Type: multipart/alternative\n\n--c\nContent-Type: text/plain\n\none\n--b\n\ntwo\n--b--\n", "mixed(alternative(one) two)", "MissingBoundary MissingClosingBoundary")]
    public void Parts_are_told_apart(string type, string body, string tree, string defects)
    {
        ParsedMessage message = Parse($"Content-Type: multipart/{type}\n\n{body}");

        Assert.Equal(tree, Show(message.Root));
        Assert.Equal(defects, string.Join(' ', message.Kinds()));
    }

    [Fact]
    public void The_transfer_encoding_of_a_multipart_is_none() =>
        Assert.Equal("mixed(one)", Show(Parse("Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\n--b\n\none\n--b--\n").Root));

    [Fact]
    public void The_parts_of_a_digest_are_messages()
    {
        ParsedMessage message = Parse("Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: a\n\none\n--b\nContent-Type: text/plain\n\ntwo\n--b--\n");

        Assert.Equal(("a", "one"), (message.Root.Parts[0].EnclosedMessage?.Subject, message.Root.Parts[0].EnclosedMessage?.TextBody));
        Assert.Null(message.Root.Parts[1].EnclosedMessage);
    }

    [Fact]
    public void Offsets_say_where_a_part_stands()
    {
        byte[] octets = Octets("Content-Type: multipart/mixed; boundary=b\n\n--b\nX-A: 1\n\none\n--b--\n");
        MimePart part = ParsedMessage.Parse(octets).Root.Parts[0];

        Assert.Equal(Encoding.ASCII.GetString(octets).IndexOf("X-A", StringComparison.Ordinal), part.Offset);
        Assert.Equal(Encoding.ASCII.GetString(octets).IndexOf("one", StringComparison.Ordinal), part.ContentOffset);
        Assert.True(part.RawContent.Span.Overlaps(octets)); // a view, not a copy
    }

    [Fact]
    public void What_is_deeper_than_the_limit_is_not_opened()
    {
        ParsedMessage message = Parse("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\none\n--c--\n--b--\n", new MimeLimits { MaxDepth = 1 });

        Assert.Equal("mixed(mixed())", Show(message.Root));
        Assert.Equal(["NestingTooDeep"], message.Kinds());
        Assert.Equal("--c\r\n\r\none\r\n--c--", Encoding.ASCII.GetString(message.Root.Parts[0].RawContent.Span));
    }

    [Fact]
    public void More_parts_than_the_limit_are_left_out_and_noted()
    {
        ParsedMessage message = Parse("Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\ntwo\n--b\n\nthree\n--b--\n", new MimeLimits { MaxParts = 3 });

        Assert.Equal("mixed(one two)", Show(message.Root));
        Assert.Equal(["TooManyParts", "MissingClosingBoundary"], message.Kinds());
    }

    [Fact]
    public void Deep_nesting_does_not_exhaust_the_stack()
    {
        StringBuilder text = new();
        for (int i = 0; i < 20_000; i++) text.Append("Content-Type: message/rfc822\n\n");

        ParsedMessage message = Parse(text.ToString());

        int depth = 0;
        for (ParsedMessage? inner = message; inner is not null; inner = inner.Root.EnclosedMessage) depth++;
        Assert.Equal(MimeLimits.Default.MaxDepth + 1, depth);
        Assert.Equal(["NestingTooDeep"], message.Kinds());
    }

    private static string Show(MimePart part) =>
        part.ContentType.IsMultipart
            ? $"{part.ContentType.MediaType["multipart/".Length..]}({string.Join(' ', part.Parts.Select(Show))})"
            : part.DecodeText().Replace("\r\n", "-", StringComparison.Ordinal);
}
