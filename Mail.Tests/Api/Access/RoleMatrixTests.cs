using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Api.Access;
using Mail.Core.Accounts;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Api.Access;

/// <summary>
/// Every endpoint, asked by every role, in the member's own project and in another: the list is the host's own, so that a new endpoint cannot be forgotten. What
/// is asked for does not exist and bodies are empty: whoever is let in gets another answer than who is not.
/// </summary>
public sealed partial class RoleMatrixTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Password = "a password that is long";

    /// <summary>Endpoints that ask for no scope, and who may use them instead. Whoever adds one here has thought about it.</summary>
    private static readonly string[] _withoutScope =
    [
        "/health", "/api/health", "/alive", // answers without details
        "/openapi/{documentName}.json", // says nothing that the documentation does not
        "/auth/", "/invitations/", // who signs in has no session yet; the rest asks for the session itself
        "/projects", // the session
        "/inbound/providers/", // proven by the provider's signature
        "/webmail/", // a mailbox's own password opens it, and that mailbox alone
        "/interview/", // links in mails, and the public keys of tickets
        "/widget/", // the sites that a project allows, and a code for whoever acts
        "/trips/", "/unsubscribe/", "/sender-identities/confirm/", "/a/", "/a", "/t/", "/api/reservation/", // links in mails: the token is the credential
    ];

    /// <summary>Last words of paths that ask for a second scope too: a test mail is sent, and so needs that of sending.</summary>
    private static readonly string[] _needMore = ["test"];

    private sealed record Call(HttpMethod Method, string Path, string Scope)
    {
        public override string ToString() => $"{Method} {Path}";
    }

    private List<RouteEndpoint> Endpoints()
    {
        using HttpClient client = api.CreateClient();
        return [.. api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];
    }

    /// <summary>The call that takes oneself out of the project comes last.</summary>
    private List<Call> Calls() =>
    [
        .. from endpoint in Endpoints()
           let scope = endpoint.Metadata.GetMetadata<RequiredScope>()?.Scope
           where scope is not null
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           let path = Parameters().Replace("/" + endpoint.RoutePattern.RawText!.TrimStart('/'), parameter => parameter.Value.EndsWith(":int}", StringComparison.Ordinal) ? "1" : "00000000-0000-7000-8000-000000000001")
           orderby path == "/members/leave", path, method
           select new Call(HttpMethod.Parse(method), path, scope),
    ];

    [Fact]
    public void An_endpoint_asks_for_a_scope_or_is_known_to_need_none()
    {
        List<string?> free = [.. Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<RequiredScope>() is null).Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))];

        Assert.Equal("", string.Join("\n", free.Where(path => !_withoutScope.Any(known => path == known || (known.EndsWith('/') && path!.StartsWith(known, StringComparison.Ordinal))))));
        Assert.True(Calls().Count > 80);
    }

    [Theory]
    [InlineData(ProjectRole.Owner)]
    [InlineData(ProjectRole.Admin)]
    [InlineData(ProjectRole.Developer)]
    [InlineData(ProjectRole.Viewer)]
    public async Task A_role_reaches_what_it_may_and_nothing_of_another_project(ProjectRole role)
    {
        (ProjectId own, ProjectId foreign) = (await ProjectAsync(role), await ProjectAsync(null));
        using HttpClient client = await SignedInAsync(role);
        List<string> wrong = [];
        foreach (Call call in Calls())
        {
            (HttpStatusCode status, string name) = await AskAsync(client, call, foreign);
            if ((status, name) != (HttpStatusCode.NotFound, "not_found")) wrong.Add($"{call} in another project: {status} {name}");

            bool may = Scopes.Of(role).Contains(call.Scope);
            (status, name) = await AskAsync(client, call, own);
            if (may == IsRefusal(status, name)) wrong.Add($"{call} as {role}: {status} {name}");
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public async Task Nobody_gets_in_without_a_session_or_a_key()
    {
        using HttpClient client = api.CreateClient();
        client.DefaultRequestHeaders.Add("X-Mail-Console", "1");
        List<string> wrong = [];
        foreach (Call call in Calls())
        {
            (HttpStatusCode status, string name) = await AskAsync(client, call, null);
            if ((status, name) != (HttpStatusCode.Unauthorized, "missing_api_key")) wrong.Add($"{call}: {status} {name}");
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    /// <summary>And with all the others it is not enough.</summary>
    [Fact]
    public async Task A_key_needs_the_scope_that_an_endpoint_asks_for_and_no_other()
    {
        List<string> wrong = [];
        foreach (IGrouping<string, Call> calls in Calls().GroupBy(call => call.Scope))
        {
            using HttpClient owner = api.ClientWith(await api.AddProjectAsync());
            using HttpClient with = await KeyAsync(owner, [calls.Key]), without = await KeyAsync(owner, [.. Scopes.All.Where(scope => scope != calls.Key)]);
            foreach (Call call in calls)
            {
                (HttpStatusCode status, string name) = await AskAsync(with, call, null);
                if (IsRefusal(status, name) && !_needMore.Contains(call.Path.Split('/')[^1])) wrong.Add($"{call} with {call.Scope}: {status} {name}");
                (status, name) = await AskAsync(without, call, null);
                if (!IsRefusal(status, name)) wrong.Add($"{call} without {call.Scope}: {status} {name}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    /// <summary>401 `restricted_api_key`, as Resend has it.</summary>
    private static bool IsRefusal(HttpStatusCode status, string name) => status is HttpStatusCode.Unauthorized || name is "missing_api_key" or "missing_console_header";

    private static async Task<(HttpStatusCode, string)> AskAsync(HttpClient client, Call call, ProjectId? project)
    {
        using HttpRequestMessage request = new(call.Method, call.Path);
        if (call.Method != HttpMethod.Get) request.Content = new StringContent("{}", Encoding.UTF8, call.Path is "/inbound/report" or "/inbound/calendar-reply" ? "message/rfc822" : "application/json");
        if (project is { } id) request.Headers.Add("X-Mail-Project", id.ToString());
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        if (response.IsSuccessStatusCode) return (response.StatusCode, ""); // some answer for as long as one listens
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        bool isError = body.StartsWith('{');
        return (response.StatusCode, isError ? JsonDocument.Parse(body).RootElement.GetProperty("name").GetString()! : "");
    }

    private async Task<HttpClient> KeyAsync(HttpClient owner, string[] scopes)
    {
        JsonElement made = await owner.PostAsync("/api-keys", JsonSerializer.Serialize(new { name = "x", scopes }), HttpStatusCode.Created);
        return api.ClientWith(made.GetProperty("token").GetString());
    }

    private async Task<ProjectId> ProjectAsync(ProjectRole? member)
    {
        await using AsyncServiceScope scope = api.Services.CreateAsyncScope();
        MailDbContext db = scope.ServiceProvider.GetRequiredService<MailDbContext>();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Project project = new(ProjectId.New(now), "Matrix", now);
        db.Projects.Add(project);
        if (member is { } role)
        {
            User user = new() { Id = Guid.CreateVersion7(), UserName = Email(role), Email = Email(role), EmailConfirmed = true };
            Assert.True((await scope.ServiceProvider.GetRequiredService<UserManager<User>>().CreateAsync(user, Password)).Succeeded);
            db.ProjectMembers.Add(new ProjectMember(project.Id, user.Id, role, now));
        }

        await db.SaveChangesAsync();
        return project.Id;
    }

    private async Task<HttpClient> SignedInAsync(ProjectRole role)
    {
        HttpClient client = api.CreateClient(new WebApplicationFactoryClientOptions { HandleCookies = true });
        client.DefaultRequestHeaders.Add("X-Mail-Console", "1");
        await client.PostAsync("/auth/sign-in", JsonSerializer.Serialize(new { email = Email(role), password = Password }), HttpStatusCode.OK);
        return client;
    }

    private static string Email(ProjectRole role) => $"{role.StoredName()}.matrix@example.com";

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameters();
}
