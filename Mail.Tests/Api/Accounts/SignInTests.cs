using System.Net;
using System.Text.Json;
using Mail.Core.Accounts;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Mvc.Testing;
using Npgsql;

namespace Mail.Tests.Api.Accounts;

public sealed class SignInTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly (string, string) _console = ("X-Mail-Console", "1");

    private static string Credentials(string password, string email = ApiFixture.AdminEmail) => JsonSerializer.Serialize(new { email, password });

    [Fact]
    public async Task The_bootstrap_admin_signs_in_works_and_signs_out()
    {
        using HttpClient client = api.CreateClient(new WebApplicationFactoryClientOptions { HandleCookies = true });

        JsonElement session = await client.PostAsync("/auth/sign-in", Credentials(ApiFixture.AdminPassword), HttpStatusCode.OK, _console);
        Assert.Equal(ApiFixture.AdminEmail, session.GetProperty("user").GetProperty("email").GetString());
        Assert.Equal("owner", session.GetProperty("projects")[0].GetProperty("role").GetString());

        await client.GetAsync("/auth/session", HttpStatusCode.OK);
        await client.GetAsync("/emails", HttpStatusCode.OK);
        await client.PostAsync("/auth/sign-out", "", HttpStatusCode.NoContent, _console);
        JsonElement error = await client.GetAsync("/auth/session", HttpStatusCode.Unauthorized);
        Assert.Equal("missing_session", error.GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_cookie_is_closed_to_scripts_and_to_other_sites()
    {
        using HttpClient client = api.CreateClient(new WebApplicationFactoryClientOptions { HandleCookies = false });
        using HttpRequestMessage request = new(HttpMethod.Post, "/auth/sign-in") { Content = ApiFixture.Json(Credentials(ApiFixture.AdminPassword)) };
        request.Headers.Add("X-Mail-Console", "1");

        using HttpResponseMessage response = await client.SendAsync(request);

        string[] cookies = [.. response.Headers.GetValues("Set-Cookie")];
        Assert.Contains(cookies, cookie => cookie.StartsWith("mail_session=", StringComparison.Ordinal));
        Assert.All(cookies, cookie =>
        {
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task A_session_changes_nothing_without_the_consoles_header()
    {
        using HttpClient client = api.CreateClient(new WebApplicationFactoryClientOptions { HandleCookies = true });
        await client.PostAsync("/auth/sign-in", Credentials(ApiFixture.AdminPassword), HttpStatusCode.OK, _console);

        JsonElement error = await client.PostAsync("/emails", """{"from":"a@example.com","to":"b@example.net","subject":"s","text":"t"}""", HttpStatusCode.Forbidden);

        Assert.Equal("missing_console_header", error.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData(ApiFixture.AdminEmail)]
    [InlineData("nobody@example.com")]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer(string email)
    {
        using HttpClient client = api.CreateClient();

        JsonElement error = await client.PostAsync("/auth/sign-in", Credentials("wrong", email), HttpStatusCode.Unauthorized, _console);

        Assert.Equal("""{"statusCode":401,"name":"invalid_credentials","message":"E-mail or password is wrong."}""", error.GetRawText());
    }

    [Fact]
    public async Task A_session_does_not_reach_a_project_that_it_is_not_a_member_of()
    {
        await api.AddProjectAsync();
        using HttpClient client = api.CreateClient(new WebApplicationFactoryClientOptions { HandleCookies = true });
        await client.PostAsync("/auth/sign-in", Credentials(ApiFixture.AdminPassword), HttpStatusCode.OK, _console);
        await using Npgsql.NpgsqlCommand command = api.Database.CreateCommand("SELECT id FROM projects WHERE name = 'Other' LIMIT 1");
        Guid foreign = (Guid)(await command.ExecuteScalarAsync())!;

        await client.GetAsync($"/emails?project={foreign}", HttpStatusCode.NotFound);
    }
}

public sealed class SignInThrottleTests(ApiFixture api, PostgresFixture postgres) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData(ApiFixture.AdminEmail)]
    [InlineData("nobody@example.com")]
    public async Task Of_many_guesses_at_once_five_are_looked_at_whether_or_not_the_account_exists(string email)
    {
        using HttpClient client = api.CreateClient();

        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => TryAsync(client, email, "wrong")));

        Assert.Equal(5, answers.Count(answer => answer is HttpStatusCode.Unauthorized));
        Assert.Equal(35, answers.Count(answer => answer is HttpStatusCode.TooManyRequests));
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(client, email.ToUpperInvariant(), ApiFixture.AdminPassword));
    }

    [Fact]
    public async Task The_right_password_forgets_the_tries_before_it()
    {
        await using ApiFixture own = new(postgres);
        await own.InitializeAsync();
        using HttpClient client = own.CreateClient();
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 4; i++) Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(client, ApiFixture.AdminEmail, "wrong"));
            Assert.Equal(HttpStatusCode.OK, await TryAsync(client, ApiFixture.AdminEmail, ApiFixture.AdminPassword));
        }
    }

    [Fact]
    public async Task A_browser_that_goes_away_after_the_right_password_uses_up_no_try()
    {
        await using ApiFixture own = new(postgres);
        await own.InitializeAsync();
        using HttpClient client = own.CreateClient();
        for (int round = 0; round <= SignInThrottle.Tries; round++)
        {
            await using NpgsqlConnection connection = await own.Database.OpenConnectionAsync();
            await using NpgsqlTransaction hold = await connection.BeginTransactionAsync();
            await using (NpgsqlCommand take = new("LOCK TABLE user_sessions IN ACCESS EXCLUSIVE MODE", connection)) await take.ExecuteNonQueryAsync();
            using CancellationTokenSource gone = new();
            Task<HttpStatusCode> signIn = TryAsync(client, ApiFixture.AdminEmail, ApiFixture.AdminPassword, gone.Token);
            await Eventually.TrueAsync(() => own.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = 'user_sessions'::regclass)"));
            await gone.CancelAsync();
            await Task.Delay(100);
            await hold.RollbackAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => signIn); // its answer finds nobody
            await Eventually.TrueAsync(async () => await own.CountAsync("sign_in_attempts") == 0);
        }

        Assert.Equal(HttpStatusCode.OK, await TryAsync(client, ApiFixture.AdminEmail, ApiFixture.AdminPassword));
    }

    [Fact]
    public async Task Nobody_without_credentials_sends_megabytes()
    {
        using HttpClient client = api.CreateClient();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await TryAsync(client, "big@example.com", new string('x', 1024 * 1024)));
    }

    [Fact]
    public async Task An_address_with_NUL_is_refused()
    {
        using HttpClient client = api.CreateClient();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync(client, "a\0b", "wrong"));
    }

    private static async Task<HttpStatusCode> TryAsync(HttpClient client, string email, string password, CancellationToken ct = default)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/auth/sign-in") { Content = ApiFixture.Json(JsonSerializer.Serialize(new { email, password })) };
        request.Headers.Add("X-Mail-Console", "1");
        using HttpResponseMessage response = await client.SendAsync(request, ct);
        return response.StatusCode;
    }
}
