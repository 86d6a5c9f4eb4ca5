using System.Text.Json;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Mailboxes;
using Mail.Core.Messages;

namespace Mail.Api.Mailboxes.Connections;

/// <summary>The body of POST /mailbox-connections and PATCH /mailbox-connections/{id}. What is absent keeps its value or gets its default; null takes an optional setting out.</summary>
/// <param name="Name">Unique in the project; the kind's without it.</param>
/// <param name="Kind">As in GET /mailbox-connections/kinds; fixed once the connection is made.</param>
/// <param name="Settings">By the fields of its kind. A secret that is not given, or given as `{"set": true}`, stays as it is.</param>
/// <param name="Revision">PATCH only: the one that the change was made from.</param>
public sealed record ConnectionRequest(string? Name, string? Kind, bool? Enabled, Dictionary<string, JsonElement>? Settings, int? Revision)
{
    private static readonly string[] _fields = ["name", "kind", "enabled", "settings", "revision"];

    internal static async Task<Result<ConnectionWish>> ReadAsync(HttpRequest http, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<ConnectionRequest> request = JsonBody.Parse(body, ApiJson.Default.ConnectionRequest);
        if (!request.IsSuccess) return request.Failure;
        using JsonDocument document = JsonDocument.Parse(body);
        HashSet<string> given = [.. document.RootElement.EnumerateObject().Select(field => field.Name)];
        if (given.FirstOrDefault(name => !_fields.Contains(name)) is { } unknown)
            return Failure.Field(unknown.Length <= 60 ? unknown : $"{unknown[..60]}…", $"is no field of a connection; these are: {string.Join(", ", _fields)}.");
        ConnectionRequest wish = request.Value;
        if (wish.Name is { } called && !TextRules.IsStorable(called)) return Failure.Field("name", "must not contain a NUL character or half of a surrogate pair.");
        foreach ((string name, JsonElement value) in wish.Settings ?? [])
        {
            if (!TextRules.IsStorable(name) || !MessageFactory.IsStorable(value)) return Failure.Field("settings", "must not contain a NUL character or half of a surrogate pair.");
        }

        return new ConnectionWish { Given = given, Kind = wish.Kind, Name = wish.Name, Enabled = wish.Enabled, Settings = wish.Settings, Revision = wish.Revision };
    }
}
