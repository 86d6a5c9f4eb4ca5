using Mail.Protocol.Mime.Parsing;
using static Mail.Tests.Protocol.Mime.Parsing.ParseSamples;

namespace Mail.Tests.Protocol.Mime.Parsing;

public sealed class AddressListTests
{
    [Theory]
    [InlineData("ann@example.com", "<ann@example.com>")]
    [InlineData("Ann <ann@example.com>, bo@example.com", "Ann <ann@example.com> | <bo@example.com>")]
    [InlineData("Ann Q. Smith <ann@example.com>", "Ann Q. Smith <ann@example.com>")]
    [InlineData("\"Smith, Ann\" <ann@example.com>", "Smith, Ann <ann@example.com>")]
    [InlineData("\"Ann \\\"X\\\" Smith\" <ann@example.com>", "Ann \"X\" Smith <ann@example.com>")]
    [InlineData("\"ann smith\"@example.com", "<\"ann smith\"@example.com>")]
    [InlineData("<\"a>b\"@example.com>", "<\"a>b\"@example.com>")]
    [InlineData("ann@[192.0.2.1]", "<ann@[192.0.2.1]>")]
    [InlineData("jörg@exämple.example", "<jörg@exämple.example>")]
    [InlineData("=?utf-8?Q?J=C3=B6rg?= <j@example.com>", "Jörg <j@example.com>")]
    [InlineData("=?utf-8?Q?J=C3=B6rg?= =?utf-8?Q?_K?= <j@example.com>", "Jörg K <j@example.com>")]
    public void A_list_follows_the_grammar(string text, string expected)
    {
        Assert.True(AddressListParser.TryParse(text, out IReadOnlyList<ParsedMailbox> mailboxes, out int error), $"error at {error}");

        Assert.Equal((expected, -1), (Show(mailboxes), error));
    }

    [Theory] // RFC 5322 §4.4
    [InlineData("ann . smith @ example . com", "<ann.smith@example.com>")]
    [InlineData("Ann <@a.example,@b.example:ann@example.com>", "Ann <ann@example.com>")]
    [InlineData("ann@example.com,, ,bo@example.com,", "<ann@example.com> | <bo@example.com>")]
    [InlineData("ann@example.com (Ann (the first) Smith)", "Ann (the first) Smith <ann@example.com>")]
    [InlineData("Ann (a comment) <ann@example.com>", "Ann <ann@example.com>")]
    [InlineData("ann(a)@(b)example.com", "a <ann@example.com>")]
    [InlineData("Ann <ann@(here)example.com>", "Ann <ann@example.com>")]
    public void Obsolete_forms_are_read(string text, string expected)
    {
        Assert.True(AddressListParser.TryParse(text, out IReadOnlyList<ParsedMailbox> mailboxes, out int error), $"error at {error}");

        Assert.Equal(expected, Show(mailboxes));
    }

    [Theory]
    [InlineData("Team: ann@example.com, Bo <bo@example.com>;", "Team: <ann@example.com> | Team: Bo <bo@example.com>")]
    [InlineData("Team: ann@example.com;, bo@example.com", "Team: <ann@example.com> | <bo@example.com>")]
    [InlineData("undisclosed-recipients:;", "")]
    [InlineData("\"The Team\": ann@example.com;", "The Team: <ann@example.com>")]
    [InlineData("=?utf-8?Q?Gr=C3=BCn?=: ann@example.com;", "Grün: <ann@example.com>")]
    public void Groups_are_read(string text, string expected)
    {
        Assert.True(AddressListParser.TryParse(text, out IReadOnlyList<ParsedMailbox> mailboxes, out int error), $"error at {error}");

        Assert.Equal(expected, Show(mailboxes));
    }

    [Theory]
    [InlineData("ann", 0, "<ann>")]
    [InlineData("Ann Smith", 0, "Ann Smith <>")]
    [InlineData("ann@example.com, root", 17, "<ann@example.com> | <root>")]
    [InlineData("Ann <>", 0, "Ann <>")]
    [InlineData("Ann Smith ann@example.com", 0, "Ann Smith <ann@example.com>")]
    [InlineData("\"Smith, Ann\" ann@example.com", 0, "Smith, Ann <ann@example.com>")]
    [InlineData("Ann \"a b\"@example.com Smith", 0, "Ann Smith <\"a b\"@example.com>")]
    [InlineData("ann@example.com; bo@example.com", 15, "<ann@example.com> | <bo@example.com>")]
    [InlineData("Ann <ann@example.com", 0, "Ann <ann@example.com>")]
    [InlineData("Ann <ann@example.com, bo@example.com", 0, "Ann <ann@example.com> | <bo@example.com>")]
    [InlineData("Ann <ann@example.com> Bo <bo@example.com>", 25, "Ann <ann@example.com> | Bo <bo@example.com>")]
    [InlineData("\"Ann <ann@example.com>", 0, "\"Ann <ann@example.com>")]
    [InlineData("ann@example.com>", 15, "<ann@example.com>")]
    [InlineData("<<ann@example.com>>", 1, "<ann@example.com>")]
    [InlineData("ann@example.com (Ann", 16, "Ann <ann@example.com>")]
    [InlineData("ann@[192.0.2.1, bo@example.com", 4, "<ann@[192.0.2.1> | <bo@example.com>")]
    [InlineData("Team: ann@example.com", 21, "Team: <ann@example.com>")]
    public void What_is_wrong_is_read_and_the_error_says_where(string text, int offset, string expected)
    {
        Assert.False(AddressListParser.TryParse(text, out IReadOnlyList<ParsedMailbox> mailboxes, out int error));

        Assert.Equal((expected, offset), (Show(mailboxes), error));
    }

    [Theory]
    [InlineData("=?utf-8?Q?Smith,_Ann?= <ann@example.com>", "Smith, Ann <ann@example.com>")]
    [InlineData("\"=?utf-8?Q?J=C3=B6rg?=\" <j@example.com>", "Jörg <j@example.com>")]
    [InlineData("=?utf-8?Q?a=40b.example?= <j@example.com>", "a@b.example <j@example.com>")]
    public void Encoded_words_in_names_are_decoded_after_the_list_was_taken_apart(string text, string expected)
    {
        Assert.True(AddressListParser.TryParse(text, out IReadOnlyList<ParsedMailbox> mailboxes, out _));

        Assert.Equal(expected, Show(mailboxes));
    }

    [Fact]
    public void An_address_in_an_encoded_word_is_a_name_and_no_address()
    {
        Assert.False(AddressListParser.TryParse("=?utf-8?Q?ann=40example.com?=", out IReadOnlyList<ParsedMailbox> mailboxes, out _));

        Assert.Equal([new ParsedMailbox("ann@example.com", "", null)], mailboxes);
    }

    [Fact]
    public void The_fields_of_one_name_are_one_list()
    {
        ParsedMessage message = Parse("To: a@example.com\nCc: c@example.com\nto : b@example.com\n\n");

        Assert.Equal(["a@example.com", "b@example.com"], message.To.Select(m => m.Address));
    }

    [Fact]
    public void More_mailboxes_than_the_limit_are_left_out_and_noted()
    {
        ParsedMessage message = Parse("To: a@example.com, b@example.com, c@example.com\n\n", new MimeLimits { MaxAddresses = 2 });

        Assert.Equal(["a@example.com", "b@example.com"], message.To.Select(m => m.Address));
        Assert.Equal(["TooManyAddresses"], message.Kinds());
    }

    private static string Show(IEnumerable<ParsedMailbox> mailboxes) =>
        string.Join(" | ", mailboxes.Select(m => $"{(m.Group is null ? "" : m.Group + ": ")}{(m.DisplayName is null ? "" : m.DisplayName + " ")}<{m.Address}>"));
}
