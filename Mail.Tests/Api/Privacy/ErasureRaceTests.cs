using System.Globalization;
using System.Net;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Feedback.Providers;
using Mail.Core.Privacy;
using Mail.Core.Tracking;
using Mail.Tests.Core.Privacy;
using Mail.Tests.Core.Webhooks;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Tests.Api.Privacy;

/// <summary>What is written at the very moment at which a person is forgotten does not bring them back.</summary>
public sealed class ErasureRaceTests(PostgresFixture postgres)
{
    private const string Erase = $$"""{"email":"{{PersonScene.Address}}"}""";

    [Theory]
    [InlineData("click")]
    [InlineData("provider")]
    public async Task An_event_that_is_being_written_is_waited_for(string by)
    {
        await using PersonScene scene = await PersonScene.StartAsync(postgres);
        await scene.WorkAsync();
        Guid message = await SentAsync(scene), project = (await scene.ProjectAsync()).Value;
        Guid delivery = await scene.ScalarAsync<Guid>($"SELECT id FROM finished_deliveries WHERE message_id = '{message}'");
        await using NpgsqlConnection connection = await scene.Api.Database.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await WriteAsync(connection, by, project, message, delivery);

        Task<HttpResponseMessage> erasing = scene.Client.PostAsync(new Uri("/privacy/erase", UriKind.Relative), ApiFixture.Json(Erase));
        await Task.Delay(TimeSpan.FromSeconds(1)); // long enough for all of it, if nothing held it up
        await transaction.CommitAsync();
        using HttpResponseMessage answer = await erasing;

        await FinishAsync(scene, answer);
        Assert.Equal("", string.Join(", ", await TracesAsync(scene)));
    }

    [Theory]
    [InlineData("click")]
    [InlineData("provider")]
    public async Task An_event_of_one_who_is_just_being_forgotten_is_not_written(string by)
    {
        await using PersonScene scene = await PersonScene.StartAsync(postgres);
        await scene.WorkAsync();
        Guid message = await SentAsync(scene), project = (await scene.ProjectAsync()).Value;
        Guid delivery = await scene.ScalarAsync<Guid>($"SELECT id FROM finished_deliveries WHERE message_id = '{message}'");
        await using NpgsqlConnection eraser = await scene.Api.Database.OpenConnectionAsync(), writer = await scene.Api.Database.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await eraser.BeginTransactionAsync();
        await using (NpgsqlCommand delete = new("DELETE FROM finished_deliveries WHERE message_id = $1", eraser)) // an erasure's first step, not committed yet
        {
            delete.Parameters.AddTyped(message);
            await delete.ExecuteNonQueryAsync();
        }

        Task writing = WriteAsync(writer, by, project, message, delivery, isWritten: false);
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        await transaction.CommitAsync();
        await writing;

        Assert.Equal(0, await scene.Api.CountAsync($"events WHERE message_id = '{message}' AND type = 'email.clicked'"));
    }

    [Fact]
    public async Task What_an_endpoint_answers_after_its_person_was_forgotten_is_forgotten_too()
    {
        await using PersonScene scene = await PersonScene.StartAsync(postgres);
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.Answer = async (context, received) =>
        {
            await go.Task;
            await context.Response.WriteAsync("I heard of " + received.Body);
        };
        await scene.Client.PostAsync("/webhooks", $$"""{"endpoint":"{{receiver.Url}}/","events":["email.sent"]}""", HttpStatusCode.Created);
        await scene.WorkAsync();
        await SentAsync(scene);
        await Eventually.TrueAsync(() => !receiver.All.IsEmpty);

        using HttpResponseMessage answer = await scene.Client.PostAsync(new Uri("/privacy/erase", UriKind.Relative), ApiFixture.Json(Erase));
        go.SetResult();
        await Eventually.TrueAsync(async () => await scene.Api.CountAsync("webhook_attempts") == 1);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await FinishAsync(scene, answer);
        Assert.Equal("", string.Join(", ", await TracesAsync(scene)));
    }

    private static async Task<Guid> SentAsync(PersonScene scene)
    {
        string id = (await scene.Client.PostAsync("/emails", $$"""{"from":"shop@example.org","to":"{{PersonScene.Address}}","subject":"s","text":"t"}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;
        await Eventually.TrueAsync(async () => await scene.Api.CountAsync($"finished_deliveries WHERE message_id = '{id}'") == 1);
        return Guid.Parse(id, CultureInfo.InvariantCulture);
    }

    /// <summary>A click by the very statement that records it.</summary>
    private static async Task WriteAsync(NpgsqlConnection connection, string by, Guid project, Guid message, Guid delivery, bool isWritten = true)
    {
        const string Detail = """{"click":{"link":"https://x.example/"},"machine":false}""";
        DateTime now = DateTime.UtcNow;
        string[] types = ["email.clicked"], people = [PersonScene.Address], details = [Detail], keys = ["ada"];
        await using NpgsqlCommand command = new(by == "click" ? TrackingSql.Add : ProviderEventSql.Tell, connection);
        if (by == "click")
        {
            command.Parameters.AddTyped(new[] { project }).AddTyped(new[] { message }).AddTyped(new[] { UuidV7.New(now) }).AddTyped(types).AddTyped(new[] { now }).AddTyped(people)
                .AddTyped(details).AddTyped(new[] { PersonScene.Address.ToUpperInvariant() });
        }
        else
        {
            string?[] none = [null];
            command.Parameters.AddTyped(project).AddTyped(now).AddTyped(new[] { message }).AddTyped(new[] { delivery }).AddTyped(new[] { UuidV7.New(now) }).AddTyped(types).AddTyped(people)
                .AddTyped(new int?[] { null }, NpgsqlDbType.Array | NpgsqlDbType.Integer).AddTyped(none, NpgsqlDbType.Array | NpgsqlDbType.Text).AddTyped(none, NpgsqlDbType.Array | NpgsqlDbType.Text)
                .AddTyped(none, NpgsqlDbType.Array | NpgsqlDbType.Text).AddTyped(none, NpgsqlDbType.Array | NpgsqlDbType.Text).AddTyped(details, NpgsqlDbType.Array | NpgsqlDbType.Jsonb).AddTyped(keys);
        }

        int rows = 0;
        await using (NpgsqlDataReader reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) rows++;
            rows = Math.Max(rows, reader.RecordsAffected);
        }

        Assert.Equal(isWritten ? 1 : 0, rows);
    }

    private static async Task FinishAsync(PersonScene scene, HttpResponseMessage answer)
    {
        Guid id = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetGuid();
        Erasures erasures = scene.Api.Services.GetRequiredService<Erasures>();
        for (int i = 0; i < 100 && await scene.Api.CountAsync("erasures WHERE finished_at IS NULL") > 0; i++) await erasures.StepAsync(await scene.ProjectAsync(), id, CancellationToken.None);
    }

    private static Task<SortedDictionary<string, int>> TracesAsync(PersonScene scene) =>
        Traces.FindAsync(scene.Api.Database, new TraceQuestion([PersonScene.Address, PersonScene.Local], [PersonScene.Longer, PersonScene.Abroad], scene.OtherId));
}
