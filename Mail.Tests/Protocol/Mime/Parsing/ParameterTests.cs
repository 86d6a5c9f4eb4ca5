using Mail.Protocol.Mime.Parsing;
using static Mail.Tests.Protocol.Mime.Parsing.ParseSamples;

namespace Mail.Tests.Protocol.Mime.Parsing;

public sealed class ParameterTests
{
    [Theory]
    [InlineData("text/html; charset=utf-8", "text/html", "charset=utf-8")]
    [InlineData("TEXT/HTML ; Charset = \"UTF-8\"", "text/html", "charset=UTF-8")]
    [InlineData("text / html;charset=utf-8", "text/html", "charset=utf-8")]
    [InlineData("text/plain; charset=us-ascii (Plain text)", "text/plain", "charset=us-ascii")]
    [InlineData("(a comment) text/plain (another); (and; another) charset=us-ascii", "text/plain", "charset=us-ascii")]
    [InlineData("multipart/mixed; boundary=\"a \\\"b\\\" \\\\c\"", "multipart/mixed", "boundary=a \"b\" \\c")]
    public void A_media_type_is_read(string value, string mediaType, string parameters) => AssertType(mediaType, parameters, value);

    [Theory]
    [InlineData("text/plain;; charset=utf-8;", "text/plain", "charset=utf-8")]
    [InlineData("multipart/mixed boundary=b", "multipart/mixed", "boundary=b")]
    [InlineData("text/plain, charset=utf-8", "text/plain", "charset=utf-8")]
    [InlineData("text/plain; charset", "text/plain", "")]
    [InlineData("text/plain; =utf-8; name=a", "text/plain", "name=a")]
    [InlineData("text/plain; name=a file (1).txt; charset=utf-8", "text/plain", "name=a file (1).txt|charset=utf-8")]
    [InlineData("text/plain; name=\"no end", "text/plain", "name=no end")]
    [InlineData("text/plain; name=\"a\" b; charset=utf-8", "text/plain", "name=a|charset=utf-8")]
    [InlineData("text/plain; charset=a; charset=b", "text/plain", "charset=a|charset=b")]
    [InlineData("text", "text/plain", "")]
    [InlineData("html", "text/html", "")]
    [InlineData("", "text/plain", "")]
    [InlineData("application-x-gzip; name=a.gz", "application/octet-stream", "name=a.gz")]
    [InlineData("<html>", "application/octet-stream", "")]
    [InlineData("text/", "application/octet-stream", "")]
    public void What_programs_write_is_read(string value, string mediaType, string parameters) => AssertType(mediaType, parameters, value);

    [Theory] // RFC 2231 §3, §4
    [InlineData("filename*=utf-8''%e2%82%ac%20rates.txt", "€ rates.txt")]
    [InlineData("filename*=utf-8'en'%E2%82%AC.txt", "€.txt")]
    [InlineData("filename*=iso-8859-1''%A3.txt", "£.txt")]
    [InlineData("filename*0=a-; filename*1=long-; filename*2=name.txt", "a-long-name.txt")]
    [InlineData("filename*0*=utf-8''%E2%82; filename*1*=%AC; filename*2=.txt", "€.txt")]
    [InlineData("filename*0*=utf-8''a%20; filename*1=\"%20 b\"; filename*2*=%20c", "a %20 b c")]
    [InlineData("filename*2=c; filename*0=a; filename*1=b", "abc")]
    [InlineData("filename*1=b; filename*0=a; filename*3=d", "abd")]
    [InlineData("filename*1=b", "b")]
    [InlineData("filename*0=a; filename*0=b", "a")]
    [InlineData("filename=likeness.txt; filename*=utf-8''%E2%82%AC.txt", "€.txt")]
    [InlineData("filename*=utf-8''%E2%82%AC.txt; filename=likeness.txt", "€.txt")]
    [InlineData("filename*=''a%20b.txt", "a b.txt")]
    [InlineData("filename*=a%20b.txt", "a b.txt")]
    [InlineData("filename*=utf-8''100%.txt", "100%.txt")]
    [InlineData("filename*=utf-8''%E2%82%AC%ZZ%4", "€%ZZ%4")]
    [InlineData("filename*=\"utf-8''%E2%82%AC.txt\"", "€.txt")]
    [InlineData("filename*=x-none''%FC.txt", "ü.txt")]
    public void Extended_file_names_are_read(string parameters, string expected) => Assert.Equal(expected, FileName(parameters));

    [Theory]
    [InlineData("filename=\"=?utf-8?Q?=E2=82=AC.txt?=\"", "€.txt")]
    [InlineData("filename==?utf-8?Q?=E2=82=AC.txt?=", "€.txt")]
    [InlineData("filename=\"=?utf-8?B?4oKs?=\n =?utf-8?B?LnR4dA==?=\"", "€.txt")]
    [InlineData("filename*0=\"=?utf-8?Q?=E2=82\"; filename*1=\"=AC.txt?=\"", "€.txt")]
    [InlineData("filename=\"\xE2\x82\xAC.txt\"", "€.txt")]
    [InlineData("filename=\"\xFC.txt\"", "ü.txt")]
    [InlineData("filename=\"C:\\\\a\\\\b.txt\"", "C:\\a\\b.txt")]
    public void File_names_in_other_forms_are_read(string parameters, string expected) => Assert.Equal(expected, FileName(parameters));

    [Fact]
    public void The_name_of_the_media_type_stands_in_for_a_missing_file_name() =>
        Assert.Equal("a.txt", Parse("Content-Type: text/plain; name=a.txt\nContent-Disposition: attachment\n\n").Root.FileName);

    [Theory]
    [InlineData("attachment; filename=a", "attachment", true)]
    [InlineData("INLINE", "inline", false)]
    [InlineData("; filename=a", "attachment", true)]
    [InlineData("made-up; filename=a", "made-up", true)]
    public void A_disposition_is_read(string value, string kind, bool isAttachment)
    {
        ParsedDisposition? disposition = Parse($"Content-Disposition: {value}\n\n").Root.Disposition;

        Assert.Equal((kind, isAttachment), (disposition?.Kind, disposition?.IsAttachment));
    }

    [Fact]
    public void More_parameters_than_the_limit_are_left_out_and_noted()
    {
        ParsedMessage message = Parse("Content-Type: text/plain; a=1; b=2; c=3\n\n", new MimeLimits { MaxParameters = 2 });

        Assert.Equal(2, message.Root.ContentType.Parameters.Count);
        Assert.Equal(["TooManyParameters"], message.Kinds());
    }

    [Fact]
    public void A_missing_piece_is_noted()
    {
        ParsedMessage message = Parse("Content-Type: text/plain; name*0=a; name*2=c\n\n");

        Assert.Equal("ac", message.Root.FileName);
        Assert.Equal(["InvalidHeaderValue"], message.Kinds());
    }

    private static void AssertType(string mediaType, string parameters, string value)
    {
        ParsedContentType type = Parse($"Content-Type: {value}\n\n").Root.ContentType;
        Assert.Equal((mediaType, parameters), (type.MediaType, string.Join('|', type.Parameters.Select(p => $"{p.Key}={p.Value}"))));
    }

    private static string? FileName(string parameters) => Parse($"Content-Disposition: attachment; {parameters}\n\n").Root.FileName;
}
