using System.Globalization;
using System.Net;
using System.Text.Json;
using Npgsql;

namespace Mail.Tests.Api.Templates.Experiments;

/// <summary>A project with a template of several versions, and what became of its mails, written where workers and readers would have written it.</summary>
internal sealed class ExperimentScene(ApiFixture api, string key) : IDisposable
{
    private const string Read = """{"machine": false}""";

    public HttpClient Client { get; } = api.ClientWith(key);

    public static async Task<ExperimentScene> StartAsync(ApiFixture api, int versions = 2)
    {
        ExperimentScene scene = new(api, await api.AddProjectAsync());
        await scene.Client.PostAsync("/templates", """{"key":"welcome","subject":"v0","html":"<p>Hello {{name}}</p>","variables":{"name":{"type":"string","required":true}}}""", HttpStatusCode.Created);
        for (int i = 1; i <= versions; i++)
        {
            await scene.Client.PatchAsync("/templates/welcome", $$"""{"subject":"v{{i}}"}""", HttpStatusCode.OK);
            await scene.Client.PostAsync("/templates/welcome/publish", "", HttpStatusCode.OK);
        }

        return scene;
    }

    public async Task<string> CreateAsync(string body = """{"name":"Subjects","arms":[{"name":"a","version":1},{"name":"b","version":2}]}""") =>
        (await Client.PostAsync("/templates/welcome/experiments", body, HttpStatusCode.Created)).GetProperty("id").GetString()!;

    public async Task<string> StartedAsync(string body = """{"name":"Subjects","arms":[{"name":"a","version":1},{"name":"b","version":2}]}""")
    {
        string id = await CreateAsync(body);
        await Client.PostAsync($"/templates/welcome/experiments/{id}/start", "", HttpStatusCode.OK);
        return id;
    }

    public static string Mail(string to, string variables = """{"name":"Ada"}""") => $$"""{"from":"shop@example.com","to":"{{to}}","template":{"id":"welcome","variables":{{variables}} } }""";

    public async Task<string> SendAsync(string to) => (await Client.PostAsync("/emails", Mail(to), HttpStatusCode.OK)).GetProperty("id").GetString()!;

    public Task<JsonElement> EmailAsync(string id) => Client.GetAsync($"/emails/{id}", HttpStatusCode.OK);

    public async Task<string> SubjectAsync(string id) => (await EmailAsync(id)).GetProperty("subject").GetString()!;

    public Task<JsonElement> ExperimentAsync(string id) => Client.GetAsync($"/templates/welcome/experiments/{id}", HttpStatusCode.OK);

    public async Task<JsonElement> ArmAsync(string id, string arm) => (await ExperimentAsync(id)).GetProperty("results").GetProperty("arms").EnumerateArray().Single(one => one.GetProperty("name").GetString() == arm);

    /// <summary>Mails of two arms that have reached people, of whom the first so many opened.</summary>
    public async Task FillAsync(string experiment, params (string Arm, int Reached, int Opened)[] arms)
    {
        foreach ((string arm, int reached, int opened) in arms)
        {
            await ExecuteAsync($"""
                WITH mail AS (
                    INSERT INTO experiment_messages (project_id, message_id, experiment_id, arm, person)
                    SELECT e.project_id, (lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint), 12, '0') || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid, e.id, '{arm}', hashtextextended('{arm}' || n, 0)
                    FROM experiments e, generate_series(1, {reached.ToString(CultureInfo.InvariantCulture)}) n WHERE e.id = '{experiment}'
                    RETURNING project_id, message_id
                ), numbered AS (SELECT *, row_number() OVER () AS n FROM mail
                ), sent AS (
                    INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, finished_at)
                    SELECT project_id, message_id, gen_random_uuid(), 'x@example.com', 'to', 'sent', 1, now() FROM numbered
                )
                INSERT INTO events (project_id, message_id, id, type, created_at, recipient, detail)
                SELECT project_id, message_id, gen_random_uuid(), 'email.opened', now(), 'x@example.com', '{Read}' FROM numbered WHERE n <= {opened.ToString(CultureInfo.InvariantCulture)}
                """);
        }
    }

    /// <summary>As a worker would have left it.</summary>
    public Task FinishAsync(string message, string state = "sent") => ExecuteAsync($"""
        WITH gone AS (DELETE FROM deliveries WHERE message_id = '{message}' RETURNING project_id, message_id, id, recipient, kind)
        INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, finished_at) SELECT project_id, message_id, id, recipient, kind, '{state}', 1, now() FROM gone
        """);

    public Task HitAsync(string message, string type, string detail) => ExecuteAsync($"""
        INSERT INTO events (project_id, message_id, id, type, created_at, recipient, detail) SELECT project_id, id, gen_random_uuid(), '{type}', now(), 'x@example.com', '{detail}' FROM messages WHERE id = '{message}'
        """);

    public async Task ExecuteAsync(string sql)
    {
#pragma warning disable CA2100 // a test's own
        await using NpgsqlCommand command = api.Database.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    public void Dispose() => Client.Dispose();
}
