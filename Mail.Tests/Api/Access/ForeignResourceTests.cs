using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Api.Access;
using Mail.Tests.Api.Accounts;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Api.Access;

/// <summary>What exists in one project, asked for by its id in another: every endpoint that takes an id, with every id there is. And fields that nobody may set.</summary>
public sealed partial class ForeignResourceTests(PostgresFixture postgres)
{
    /// <summary>Said by the host, and by nobody who asks it.</summary>
    private static readonly string[] _ownedByHost =
        ["id", "object", "project_id", "project", "user_id", "owner_id", "created_by", "created_at", "updated_at", "is_test", "is_own", "test", "role", "scopes", "state", "status", "revoked_at", "used_at", "accepted_at", "key_hash", "secret_hash", "password_hash", "security_stamp"];

    /// <summary>Where such a name is the very thing that is asked for, which other tests look at.</summary>
    private static readonly string[] _meant =
    [
        "POST /members/invitations role", "PATCH /members/{id} role", // no more than one has oneself: EscalationTests, MemberTests
        "POST /webhooks status", "PATCH /webhooks/{id} status", // on or off
        "POST /templates/plan state", "POST /templates/apply state", // what a folder was last in step with
        "POST /trips/{token} id", "POST /trips/{token}/{offer} id", // which of the mailbox's own trips a button is about: TripPageTests
        "POST /configuration/import object", "POST /configuration/import project", // as it was exported: ConfigurationTests
        "POST /api-keys scopes", "PATCH /api-keys/{id} scopes", "POST /api-keys test", "PATCH /api-keys/{id} test", // the same: ApiKeyTests
    ];

    [Fact]
    public async Task Nothing_of_another_project_is_shown_or_changed_by_its_id()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = scene.Api.ClientWith(await scene.Api.AddProjectAsync()), other = scene.Api.ClientWith(await scene.Api.AddProjectAsync());
        Dictionary<string, string> ids = await FillAsync(scene, owner);
        Dictionary<string, string> before = await ShowAsync(owner, ids);

        List<string> wrong = [];
        int asked = 0;
        foreach (RouteEndpoint endpoint in scene.Api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            string pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (endpoint.RoutePattern.Parameters.Count == 0 || endpoint.Metadata.GetMetadata<RequiredScope>() is null) continue;
            foreach (string method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
            {
                foreach (string id in ids.Values.Distinct())
                {
                    asked++;
                    string path = Parameters().Replace(pattern.Replace("{id}/experiments", ids["/templates/{id}"] + "/experiments", StringComparison.Ordinal), id);
                    using HttpRequestMessage request = new(HttpMethod.Parse(method), path);
                    if (method != "GET") request.Content = ApiFixture.Json("{}");
                    using HttpResponseMessage answer = await other.SendAsync(request, TestContext.Current.CancellationToken);
                    string body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                    if (answer.IsSuccessStatusCode || (int)answer.StatusCode >= 500 || body.Contains("foreign-marker", StringComparison.Ordinal)) wrong.Add($"{method} {path}: {(int)answer.StatusCode} {body}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(asked > 500);
        Dictionary<string, string> after = await ShowAsync(owner, ids);
        Assert.Empty(before.Where(one => after[one.Key] != one.Value).Select(one => $"{one.Key}: {one.Value} became {after[one.Key]}"));
    }

    /// <summary>_bodies are read into types of their own, never into what is stored; so a field that such a type has not cannot be set by anybody.</summary>
    [Fact]
    public async Task No_body_has_a_field_that_only_the_host_may_set()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient client = scene.Api.CreateClient();
        List<string> wrong = [];
        int bodies = 0;
        foreach (RouteEndpoint endpoint in scene.Api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is not { } type || !type.FullName!.StartsWith("Mail.", StringComparison.Ordinal)) continue;
            string pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/');
            foreach (string method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
            {
                bodies++;
                Type body = type.IsArray ? type.GetElementType()! : type;
                wrong.AddRange(body.GetProperties().Select(field => JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name)).Where(_ownedByHost.Contains).Select(name => $"{method} {pattern} {name}").Where(line => !_meant.Contains(line)));
            }
        }

        Assert.Empty(wrong);
        Assert.True(bodies > 40, $"{bodies}");
    }

    [Fact]
    public async Task Fields_that_a_body_has_not_are_refused_or_left_alone()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = scene.Api.ClientWith(await scene.Api.AddProjectAsync()), other = scene.Api.ClientWith(await scene.Api.AddProjectAsync());
        string foreign = (await other.GetAsync("/project", HttpStatusCode.OK)).GetProperty("id").GetString()!;
        const string Forged = "00000000-0000-7000-8000-00000000abcd";
        string extra = $$""","project_id":"{{foreign}}","id":"{{Forged}}","is_test":true,"created_by":"{{Forged}}","user_id":"{{Forged}}","is_own":true,"state":"used","accepted_at":"2020-01-01T00:00:00Z"}""";
        List<string> made = [];
        foreach ((string path, string body) in _bodies)
        {
            using HttpResponseMessage answer = await owner.PostAsync(new Uri(path, UriKind.Relative), ApiFixture.Json(body[..^1] + extra), TestContext.Current.CancellationToken);
            string said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain(Forged, said, StringComparison.Ordinal);
            if (answer.StatusCode is HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest) continue;
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {said}");
            made.Add(path);
        }

        Assert.NotEmpty(made);
        foreach ((string path, _) in _bodies.Where(one => one.Path is not ("/codes" or "/action-links")))
        {
            JsonElement list = await other.GetAsync(path, HttpStatusCode.OK);
            Assert.DoesNotContain("foreign-marker", list.GetRawText(), StringComparison.Ordinal);
        }

        Assert.Equal(0, await scene.ScalarAsync<long>($"SELECT count(*) FROM messages WHERE project_id = '{foreign}'"));
        Assert.Equal(0, await scene.ScalarAsync<long>($"SELECT count(*) FROM action_links WHERE project_id = '{foreign}' OR (is_own AND purpose <> 'request') OR is_test"));
    }

    private static readonly (string Path, string Body)[] _bodies =
    [
        ("/webhooks", """{"endpoint":"https://foreign-marker.example.com/a","events":["email.sent"]}"""),
        ("/relays", """{"name":"foreign-marker","kind":"smtp","settings":{"host":"smtp.example.com","port":587}}"""),
        ("/domains", """{"name":"foreign-marker.example.com"}"""),
        ("/templates", """{"key":"foreign-marker","subject":"foreign-marker","html":"<p>foreign-marker</p>"}"""),
        ("/emails", """{"from":"a@example.org","to":["foreign-marker@example.net"],"subject":"foreign-marker","text":"foreign-marker","scheduled_at":"in 1 hour"}"""),
        ("/suppressions", """{"email":"foreign-marker-s@example.net"}"""),
        ("/tracking/objections", """{"email":"foreign-marker-o@example.net"}"""),
        ("/contacts", """{"email":"foreign-marker-c@example.net"}"""),
        ("/codes", """{"to":"foreign-marker-k@example.net","purpose":"x","deliver":false}"""),
        ("/action-links", """{"purpose":"x","subject":"foreign-marker","title":"foreign-marker","button":"B"}"""),
        ("/requests", """{"title":"foreign-marker","choices":[{"key":"a","label":"A"},{"key":"b","label":"B"}],"person":{"email":"foreign-marker-r@example.net"},"from":"a@example.org"}"""),
        ("/appointments", """{"title":"foreign-marker","starts_at":"2027-06-01T10:00:00Z","attendees":[{"email":"foreign-marker-a@example.net"}],"from":"a@example.org"}"""),
        ("/members/invitations", """{"email":"foreign-marker-i@example.net","role":"viewer"}"""),
        ("/api-keys", """{"name":"foreign-marker"}"""),
    ];

    /// <returns>An id of each sort, by the path that shows it.</returns>
    private static async Task<Dictionary<string, string>> FillAsync(AccountScene scene, HttpClient owner)
    {
        Dictionary<string, string> ids = [];
        foreach ((string path, string body) in _bodies)
        {
            using HttpResponseMessage answer = await owner.PostAsync(new Uri(path, UriKind.Relative), ApiFixture.Json(body), TestContext.Current.CancellationToken);
            string said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {said}");
            ids[path == "/codes" ? "code" : path + "/{id}"] = JsonDocument.Parse(said).RootElement.GetProperty("id").GetString()!;
        }

        foreach (string subject in (string[])["one", "two"])
        {
            await owner.PatchAsync($"/templates/{ids["/templates/{id}"]}", $$"""{"subject":"{{subject}}"}""", HttpStatusCode.OK);
            await owner.PostAsync($"/templates/{ids["/templates/{id}"]}/publish", "", HttpStatusCode.OK);
        }

        JsonElement experiment = await owner.PostAsync($"/templates/{ids["/templates/{id}"]}/experiments", """{"name":"foreign-marker","arms":[{"name":"a","version":1},{"name":"b","version":2}]}""", HttpStatusCode.Created);
        ids["experiment"] = experiment.GetProperty("id").GetString()!;
        ids["project"] = (await owner.GetAsync("/project", HttpStatusCode.OK)).GetProperty("id").GetString()!;
        return ids;
    }

    private static async Task<Dictionary<string, string>> ShowAsync(HttpClient owner, Dictionary<string, string> ids)
    {
        Dictionary<string, string> shown = [];
        foreach ((string path, string id) in ids.Where(one => one.Key.StartsWith('/'))) shown[path] = Times().Replace((await owner.GetAsync(path.Replace("{id}", id, StringComparison.Ordinal), HttpStatusCode.OK)).GetRawText(), "");
        shown["/domains/{id}"] = ids["/domains/{id}"]; // its state follows the DNS
        shown["experiment"] = (await owner.GetAsync($"/templates/{ids["/templates/{id}"]}/experiments/{ids["experiment"]}", HttpStatusCode.OK)).GetProperty("status").GetString()!; // its results say when they were counted
        return shown;
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameters();

    [GeneratedRegex("\"[a-z_]+_at\":[^,}]*")]
    private static partial Regex Times();
}
