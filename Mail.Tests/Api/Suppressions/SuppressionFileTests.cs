using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Mail.Tests.Api.Suppressions;

/// <summary>The list as a file.</summary>
public sealed class SuppressionFileTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Wrong_lines_are_told_with_their_numbers_and_the_others_are_taken()
    {
        using HttpClient client = await ClientAsync();
        string file = "\uFEFFReason,Email,Extra,note,created_at\r\nhard_bounce,Dead@example.com,x,\"550 no, such \"\"user\"\"\",2024-05-06T07:08:09Z\r\nbecause,a@example.com\r\n,nobody\r\n\r\n,b@example.com,,,1700000000\r\n,B@example.com\r\n,c@example.com,,,soon\r\n";

        JsonElement report = await ImportAsync(client, "/suppressions/import?reason=unsubscribe&topic_id=news", Encoding.UTF8.GetBytes(file), "text/csv");

        Assert.Equal("6 2 1 3", $"{report.GetProperty("lines")} {report.GetProperty("added")} {report.GetProperty("known")} {report.GetProperty("refused")}");
        Assert.Equal([3, 4, 8], report.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("line").GetInt32()));
        Assert.Contains("`reason` must be one of", report.GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        JsonElement dead = await client.GetAsync("/suppressions/dead@example.com", HttpStatusCode.OK);
        Assert.Equal("hard_bounce  550 no, such \"user\" 2024-05-06T07:08:09+00:00", $"{dead.GetProperty("reason")} {dead.GetProperty("topic_id")} {dead.GetProperty("note")} {dead.GetProperty("created_at")}");
        JsonElement b = await client.GetAsync("/suppressions/b@example.com", HttpStatusCode.OK);
        Assert.Equal("unsubscribe news", $"{b.GetProperty("reason")} {b.GetProperty("topic_id")}");
    }

    [Fact]
    public async Task A_file_without_a_header_in_a_form_and_in_utf_16_is_read()
    {
        using HttpClient client = await ClientAsync();
        using MultipartFormDataContent form = new() { { new StringContent("ignored"), "comment" }, { new ByteArrayContent(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("x@example.com;anything\ny@example.com;else\n")).ToArray()), "file", "list.csv" } };
        using HttpResponseMessage response = await client.PostAsync(new Uri("/suppressions/import", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("added").GetInt32());
        Assert.Equal("manual", (await client.GetAsync("/suppressions/y@example.com", HttpStatusCode.OK)).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_hundred_thousand_lines_come_in_and_go_out_again_and_come_in_as_known()
    {
        using HttpClient client = await ClientAsync();
        StringBuilder file = new("email,reason\n");
        for (int i = 0; i < 100_000; i++) file.Append("user").Append(i).Append(i % 1000 == 7 ? " at example.com" : "@example.com").Append(",hard_bounce\n");

        JsonElement report = await ImportAsync(client, "/suppressions/import", Encoding.UTF8.GetBytes(file.ToString()), "text/csv");
        Assert.Equal("100000 99900 0 100", $"{report.GetProperty("lines")} {report.GetProperty("added")} {report.GetProperty("known")} {report.GetProperty("refused")}");
        Assert.Equal(100, report.GetProperty("errors").GetArrayLength());

        using HttpResponseMessage export = await client.GetAsync(new Uri("/suppressions/export", UriKind.Relative));
        byte[] exported = await export.Content.ReadAsByteArrayAsync();
        Assert.Equal("text/csv", export.Content.Headers.ContentType?.MediaType);
        Assert.Equal(99_901, exported.Count(b => b == '\n'));
        JsonElement again = await ImportAsync(client, "/suppressions/import", exported, "text/csv");
        Assert.Equal("99900 0 99900 0", $"{again.GetProperty("lines")} {again.GetProperty("added")} {again.GetProperty("known")} {again.GetProperty("refused")}");
    }

    [Fact]
    public async Task What_looks_like_a_formula_is_none_in_the_file_and_comes_back_as_it_was()
    {
        using HttpClient client = await ClientAsync(), other = await ClientAsync();
        await client.PostAsync("/suppressions", """{"email":"f@example.com","note":"=HYPERLINK(\"https://evil.example\")"}""", HttpStatusCode.Created);

        string file = await client.GetStringAsync(new Uri("/suppressions/export?reason=manual", UriKind.Relative));
        Assert.Contains(",\"'=HYPERLINK(\"\"https://evil.example\"\")\",", file, StringComparison.Ordinal);
        await ImportAsync(other, "/suppressions/import", Encoding.UTF8.GetBytes(file), "text/csv");
        Assert.Equal("=HYPERLINK(\"https://evil.example\")", (await other.GetAsync("/suppressions/f@example.com", HttpStatusCode.OK)).GetProperty("note").GetString());
    }

    /// <summary>Anybody may enter an address into an app's form, and have it end on the list.</summary>
    [Theory]
    [InlineData("=1+cmd|'/ccalc'!a0@example.com")]
    [InlineData("+1-1@example.com")]
    [InlineData("'=1@example.com")]
    public async Task An_address_that_looks_like_a_formula_is_none_in_the_file_and_comes_back_as_it_was(string address)
    {
        using HttpClient client = await ClientAsync(), other = await ClientAsync();
        await client.PostAsync("/suppressions", JsonSerializer.Serialize(new { email = address }), HttpStatusCode.Created);

        string file = await client.GetStringAsync(new Uri("/suppressions/export", UriKind.Relative));
        Assert.StartsWith($"'{address},", file.Split("\r\n")[1], StringComparison.Ordinal);
        await ImportAsync(other, "/suppressions/import", Encoding.UTF8.GetBytes(file), "text/csv");
        Assert.Equal(address, (await other.GetAsync("/suppressions", HttpStatusCode.OK)).GetProperty("data")[0].GetProperty("email").GetString());
    }

    [Theory]
    [InlineData("/suppressions/import", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("/suppressions/import", "multipart/form-data", HttpStatusCode.BadRequest)]
    [InlineData("/suppressions/import", "multipart/form-data; boundary=x", HttpStatusCode.BadRequest)]
    [InlineData("/suppressions/import?reason=x", "text/csv", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/suppressions/import?reason=hard_bounce&topic_id=news", "text/csv", HttpStatusCode.UnprocessableEntity)]
    public async Task A_file_that_cannot_be_taken_is_refused(string path, string type, HttpStatusCode expected)
    {
        using HttpClient client = await ClientAsync();
        await ImportAsync(client, path, "a@example.com\n"u8.ToArray(), type, expected);
        await client.GetAsync("/suppressions/a@example.com", HttpStatusCode.NotFound);
        using HttpClient test = api.ClientWith(await api.AddProjectAsync("mk_test_"));
        await ImportAsync(test, "/suppressions/import", "a@example.com\n"u8.ToArray(), "text/csv", HttpStatusCode.Forbidden);
    }

    private async Task<HttpClient> ClientAsync() => api.ClientWith(await api.AddProjectAsync());

    private static async Task<JsonElement> ImportAsync(HttpClient client, string path, byte[] file, string type, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using ByteArrayContent content = new(file);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using HttpResponseMessage response = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {body}");
        return JsonDocument.Parse(body).RootElement;
    }
}
