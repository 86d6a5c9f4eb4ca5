using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;

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

        string cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
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

public sealed class LockoutTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_even_for_the_right_one()
    {
        using HttpClient client = api.CreateClient();
        for (int i = 0; i < 4; i++) await client.PostAsync("/auth/sign-in", """{"email":"admin@example.com","password":"wrong"}""", HttpStatusCode.Unauthorized, ("X-Mail-Console", "1"));

        await client.PostAsync("/auth/sign-in", """{"email":"admin@example.com","password":"wrong"}""", HttpStatusCode.TooManyRequests, ("X-Mail-Console", "1"));
        JsonElement error = await client.PostAsync(
            "/auth/sign-in", JsonSerializer.Serialize(new { email = ApiFixture.AdminEmail, password = ApiFixture.AdminPassword }), HttpStatusCode.TooManyRequests, ("X-Mail-Console", "1"));

        Assert.Equal("too_many_attempts", error.GetProperty("name").GetString());
    }
}
