using System.Text;
using Mail.Core.Privacy;

namespace Mail.Tests.Core.Privacy;

public sealed class PersonAddressTests
{
    [Theory]
    [InlineData("ann@example.com", "Write to ann@example.com.", true)]
    [InlineData("ann@example.com", "<ANN@Example.COM>", true)]
    [InlineData("ann@example.com", "'ann@example.com' is unknown", true)]
    [InlineData("ann@example.com", "https://x.example/?to=ann%40example.com&a=1", true)]
    [InlineData("ann@example.com", "mailto:ann@example.com?subject=x", true)]
    [InlineData("ann@example.com", "joann@example.com", false)]
    [InlineData("ann@example.com", "jo.ann@example.com", false)]
    [InlineData("ann@example.com", "jo+ann@example.com and jo-ann@example.com", false)]
    [InlineData("ann@example.com", "ann@example.com.fr", false)]
    [InlineData("ann@example.com", "ann@example.community ann@example.com-x.org", false)]
    [InlineData("ann@example.com", "joann@example.com, ann@example.com", true)]
    [InlineData("ann+x@example.com", "&lt;ann&#43;x@example.com&gt;", true)]
    [InlineData("ann@bücher.example", "ann@xn--bcher-kva.example", true)]
    [InlineData("ann@xn--bcher-kva.example", "ann@BÜCHER.example", true)]
    public void An_address_counts_as_a_whole_and_in_every_spelling(string address, string text, bool isSaid)
    {
        Assert.True(PersonAddress.TryParse(address, out PersonAddress? person, out _));

        Assert.Equal(isSaid, person.IsIn(text));
    }

    [Theory]
    [InlineData("welcome-ann@example.com", true)]
    [InlineData("welcome_ann@example.com_2", true)]
    [InlineData("welcome-joann@example.com", false)]
    [InlineData("welcome-jo.ann@example.com", false)]
    public void Programs_part_words_by_dashes_in_the_names_that_they_make(string name, bool isSaid)
    {
        Assert.True(PersonAddress.TryParse("ann@example.com", out PersonAddress? person, out _));

        Assert.Equal(isSaid, person.IsInName(name));
    }

    [Theory]
    [InlineData("""{"a":["x",{"Ann+x@example.com":1}]}""", true)]
    [InlineData("""{"a":"\u003Cann\u002Bx@example.com\u003E"}""", true)]
    [InlineData("""{"a":"\nann+x@example.com"}""", true)]
    [InlineData("""{"a":"jann+x@example.com"}""", false)]
    public void What_JSON_escapes_is_read(string json, bool isSaid)
    {
        Assert.True(PersonAddress.TryParse("ann+x@example.com", out PersonAddress? person, out _));

        Assert.Equal(isSaid, person.IsInJson(json));
    }

    [Theory]
    [InlineData("Content-Transfer-Encoding: quoted-printable\r\n\r\nann@exam=\r\nple.com", true)]
    [InlineData("Subject: =?utf-8?B?YW5uQGV4YW1wbGUuY29t?=\r\n\r\nx", true)]
    [InlineData("Content-Transfer-Encoding: base64\r\n\r\nYW5uQGV4YW1w\r\nbGUuY29t\r\n", true)]
    [InlineData("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/json\r\nContent-Transfer-Encoding: base64\r\n\r\nIGFubkBleGFtcGxlLmNvbSA=\r\n--b--\r\n", true)]
    [InlineData("Subject: none\r\n\r\njoann@example.com", false)]
    public void A_mail_is_read_as_its_reader_sees_it(string mail, bool isSaid)
    {
        Assert.True(PersonAddress.TryParse("ann@example.com", out PersonAddress? person, out _));

        Assert.Equal(isSaid, person.IsInMail(Encoding.ASCII.GetBytes(mail)));
    }

    [Fact]
    public void Recipients_of_a_finished_mail_lose_one_and_all_else_stays()
    {
        Assert.True(PersonAddress.TryParse("ann@example.com", out PersonAddress? person, out _));
        const string Mail = "Received: x\r\nTo: Ann <ANN@example.com>,\r\n =?utf-8?Q?B=C3=B6b?= <bob@example.com>\r\nCc: ann@example.com\r\nSubject:  odd   ann@example.com\r\n\r\nBody\r\n";

        byte[]? without = RawRecipients.Without(Encoding.ASCII.GetBytes(Mail), person);

        Assert.Equal("Received: x\r\nTo: =?utf-8?Q?B=C3=B6b?= <bob@example.com>\r\nSubject:  odd   ann@example.com\r\n\r\nBody\r\n", Encoding.ASCII.GetString(without!));
        Assert.Null(RawRecipients.Without(Encoding.ASCII.GetBytes("To: joann@example.com\r\n\r\nann@example.com"), person));
    }
}
