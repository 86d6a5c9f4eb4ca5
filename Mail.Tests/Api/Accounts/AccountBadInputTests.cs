using System.Net;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Accounts;

/// <summary>What cannot be used is refused by name, and nothing is stored.</summary>
public sealed class AccountBadInputTests(PostgresFixture postgres)
{
    private static readonly (string Method, string Path, string[] Fields)[] _calls =
    [
        ("POST", "/auth/sign-in", ["email", "password"]), ("POST", "/auth/two-factor", ["code"]), ("POST", "/auth/password-reset/request", ["email"]),
        ("POST", "/auth/password-reset/confirm", ["email", "code", "new_password"]), ("POST", "/auth/password", ["current_password", "new_password"]), ("POST", "/auth/email", ["new_email", "password"]),
        ("POST", "/auth/two-factor/setup", ["password"]), ("POST", "/auth/two-factor/enable", ["code"]), ("POST", "/auth/two-factor/disable", ["password", "code"]),
        ("POST", "/auth/two-factor/recovery-codes", ["password", "code"]), ("POST", "/auth/two-factor/confirm", ["code"]), ("POST", "/members/invitations", ["role", "email"]),
        ("POST", "/invitations/look", ["token"]), ("POST", "/invitations/accept", ["token"]), ("PATCH", "/auth/account", ["name"]), ("PATCH", "/auth/account", ["locale"]),
    ];

    [Fact]
    public async Task Wrong_bodies_wrong_types_NUL_half_surrogates_and_long_texts_are_refused_by_name()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync();
        string[] bad = ["5", "\"a\\u0000b@example.com\"", "\"\\ud800@example.com\"", $"\"{new string('x', 2000)}@example.com\""];
        List<string> wrong = [];

        foreach ((string method, string path, string[] fields) in _calls)
        {
            foreach (string body in (string[])["", "{", "[]", "null", "\"x\""]) await ExpectAsync(method, path, body, 400, null);
            await ExpectAsync(method, path, new string(' ', 20_000), 413, null);
            foreach (string field in fields)
            {
                foreach (string value in bad) await ExpectAsync(method, path, $$"""{{{string.Join(",", fields.Select(one => $"\"{one}\":{(one == field ? value : Good(one))}"))}}}""", 422, field);
                if (method == "POST") await ExpectAsync(method, path, $$"""{{{string.Join(",", fields.Where(one => one != field).Select(one => $"\"{one}\":{Good(one)}"))}}}""", 422, field);
            }
        }

        Assert.Empty(wrong);
        Assert.Empty(await scene.MailsAsync());
        Assert.Equal((0L, 0L, 0L), (await scene.ScalarAsync<long>("SELECT count(*) FROM member_invitations"), await scene.ScalarAsync<long>("SELECT count(*) FROM email_changes"), await scene.ScalarAsync<long>("SELECT count(*) FROM password_reset_requests")));

        async Task ExpectAsync(string method, string path, string body, int status, string? field)
        {
            using HttpRequestMessage request = new(new HttpMethod(method), path) { Content = ApiFixture.Json(body) };
            using HttpResponseMessage response = await owner.SendAsync(request);
            string answer = await response.Content.ReadAsStringAsync();
            bool isNamed = field is null || answer.Contains($"`{field}`", StringComparison.Ordinal);
            if ((int)response.StatusCode != status || !isNamed) wrong.Add($"{method} {path} {(body.Length > 100 ? body[..100] : body)}: {(int)response.StatusCode} {answer}");
        }
    }

    [Fact]
    public async Task Nothing_is_changed_without_the_consoles_header_or_without_a_session()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync(), nobody = scene.NewBrowser();
        owner.DefaultRequestHeaders.Remove("X-Mail-Console");

        foreach ((string method, string path, string[] fields) in _calls)
        {
            string body = $$"""{{{string.Join(",", fields.Select(one => $"\"{one}\":{Good(one)}"))}}}""";
            Assert.Equal("missing_console_header", await NameAsync(owner, method, path, body));
            if (path is "/auth/sign-in" or "/auth/two-factor" || path.StartsWith("/auth/password-reset", StringComparison.Ordinal) || path.StartsWith("/invitations", StringComparison.Ordinal)) continue;
            Assert.Contains(await NameAsync(nobody, method, path, body), (string[])["missing_session", "missing_api_key"]);
        }

        foreach ((string method, string path) in ((string, string)[])[("DELETE", "/auth/sessions"), ("DELETE", $"/auth/sessions/{Guid.NewGuid()}"), ("POST", "/auth/sign-out-everywhere"), ("POST", "/auth/sign-out"), ("DELETE", "/auth/email")])
            Assert.Equal("missing_console_header", await NameAsync(owner, method, path, ""));
        foreach (string path in (string[])["/auth/sessions", "/auth/account"]) await nobody.GetAsync(path, HttpStatusCode.Unauthorized);
    }

    private static async Task<string> NameAsync(HttpClient client, string method, string path, string body)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path) { Content = ApiFixture.Json(body) };
        using HttpResponseMessage response = await client.SendAsync(request);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("name").GetString()!;
    }

    private static string Good(string field) => field switch
    {
        "email" or "new_email" => "\"somebody@example.com\"",
        "role" => "\"viewer\"",
        "code" => "\"123456\"",
        "token" => "\"abc\"",
        _ => "\"a long enough secret\"",
    };
}
