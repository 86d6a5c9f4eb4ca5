using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Reservations.Widget;

/// <summary>What a project's widget is: which sites may show it, and what it offers to choose from.</summary>
/// <param name="WidgetId">Public: it stands in the pages that show the widget.</param>
/// <param name="AllowedOrigins">Exactly these: `https://carpool.example`.</param>
/// <param name="Places">Which people choose from; others they give by their position.</param>
/// <param name="TimeZone">Of departures (IANA); null for that of the browser.</param>
public sealed record WidgetSettings(ProjectId ProjectId, bool IsTest, string WidgetId, bool IsOn, IReadOnlyList<string> AllowedOrigins, IReadOnlyList<Place> Places, string? TimeZone);

/// <summary>The table `reservation_settings`.</summary>
public sealed class WidgetSettingsStore(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private const string Columns = "project_id, is_test, widget_id, is_on, allowed_origins, places::text, time_zone";
    private const string FindSql = $"SELECT {Columns} FROM reservation_settings WHERE project_id = $1 AND is_test = $2";

    // Index: reservation_settings_widget_id_key. The widget's name is all that a page knows.
    private const string FindByWidgetSql = $"SELECT {Columns} FROM reservation_settings WHERE widget_id = $1 AND is_on";

    // The name stays when there is one: pages have it.
    private const string PutSql = $"""
        INSERT INTO reservation_settings (project_id, is_test, widget_id, is_on, allowed_origins, places, time_zone, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (project_id, is_test) DO UPDATE SET is_on = excluded.is_on, allowed_origins = excluded.allowed_origins, places = excluded.places, time_zone = excluded.time_zone, changed_at = excluded.changed_at
        RETURNING {Columns}
        """;

    /// <returns>Null when nothing was set.</returns>
    public async Task<WidgetSettings?> FindAsync(ProjectId project, bool isTest, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FindSql);
        command.Parameters.AddTyped(project.Value).AddTyped(isTest);
        return await OneAsync(command, ct);
    }

    /// <returns>Null for a widget that there is not, or that is off.</returns>
    public async Task<WidgetSettings?> FindAsync(string widget, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(widget);
        if (widget.Length > 40 || !widget.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) return null;
        await using NpgsqlCommand command = dataSource.CreateCommand(FindByWidgetSql);
        command.Parameters.AddTyped(widget);
        return await OneAsync(command, ct);
    }

    /// <summary>Takes values that have been checked.</summary>
    public async Task<WidgetSettings> PutAsync(ProjectId project, bool isTest, bool isOn, IReadOnlyList<string> origins, IReadOnlyList<Place> places, string? timeZone, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(PutSql);
        command.Parameters.AddTyped(project.Value).AddTyped(isTest).AddTyped($"wid_{RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 20)}").AddTyped(isOn).AddTyped(origins.ToArray())
            .AddTyped(JsonSerializer.Serialize(places, WidgetJson.Default.Places), NpgsqlDbType.Jsonb).AddTyped(timeZone, NpgsqlDbType.Text).AddTyped(clock.GetUtcNow().UtcDateTime);
        return (await OneAsync(command, ct))!;
    }

    private static async Task<WidgetSettings?> OneAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        return new WidgetSettings(
            new ProjectId(reader.GetGuid(0)), reader.GetBoolean(1), reader.GetString(2), reader.GetBoolean(3), reader.GetFieldValue<string[]>(4),
            JsonSerializer.Deserialize(reader.GetString(5), WidgetJson.Default.Places)!, reader.IsDBNull(6) ? null : reader.GetString(6));
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<Place>), TypeInfoPropertyName = "Places")]
internal sealed partial class WidgetJson : JsonSerializerContext;
