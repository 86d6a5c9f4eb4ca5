using System.Text.Json;
using Mail.Core.Templates;

namespace Mail.Tests.Core.Templates;

public sealed class PlainJsonTests
{
    [Theory]
    [InlineData("https://northwind.example/help")]
    [InlineData("http://a.b-c.example?x=1")]
    [InlineData("https://localhost")]
    [InlineData("https://a1.example/%zz/{y} z#a")]
    public void A_usual_address_is_known_from_its_bytes(string url) => Assert.True(PlainJson.IsWebAddress(JsonSerializer.SerializeToElement(url), 2000));

    [Theory]
    [InlineData("ftp://northwind.example")]
    [InlineData("https://")]
    [InlineData("https:///x")]
    [InlineData("https://a..b/")]
    [InlineData("https://.a/")]
    [InlineData("https://a./")]
    [InlineData("https://-a.example/")]
    [InlineData("https://a-.example/")]
    [InlineData("https://a@b.example/")]
    [InlineData("https://a.example:99999/")]
    [InlineData("https://été.example/")]
    [InlineData("https://a.example/\n")]
    [InlineData("javascript:alert(1)")]
    public void Every_other_one_is_looked_at_more_closely(string url) => Assert.False(PlainJson.IsWebAddress(JsonSerializer.SerializeToElement(url), 2000));

    [Fact]
    public void What_it_takes_for_an_address_the_framework_does_too()
    {
        const string Alphabet = "aaaabc09--..//:?#@%&[]{} ~+";
        Random random = new(6);
        int taken = 0;
        for (int i = 0; i < 100_000; i++)
        {
            string url = (i % 2 == 0 ? "https://" : "http://") + new string(random.GetItems<char>(Alphabet, random.Next(1, 20)));
            using JsonDocument document = JsonDocument.Parse($"\"{url}\"");
            if (!PlainJson.IsWebAddress(document.RootElement, 2000)) continue;
            taken++;
            Assert.True(Uri.TryCreate(url, UriKind.Absolute, out _), url);
        }

        Assert.True(taken > 1000);
    }

    [Theory]
    [InlineData("\"a b\"", true, true)]
    [InlineData("\" a\"", false, true)]
    [InlineData("\"\"", false, true)]
    [InlineData("\"\\u0000\"", false, false)]
    [InlineData("\"a\\tb\"", true, false)]
    [InlineData("\"\u0085a\"", false, false)]
    [InlineData("\"a\u007f\"", true, false)]
    public void Text_is_known_to_be_there_and_printable(string json, bool visible, bool printable)
    {
        using JsonDocument document = JsonDocument.Parse(json);

        Assert.Equal((visible, printable), (PlainJson.BeginsVisibly(document.RootElement), PlainJson.IsPrintable(document.RootElement, 10)));
    }
}
