using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Api.Http;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Relays.Doctor;

namespace Mail.Api.Accounts.Apps;

/// <summary>Goes the way of a forgotten password over the API, as an app and its user do, and says of each step what came of it. No step tells a code or a password.</summary>
/// <param name="ask">Asks the person at the terminal (what, and whether it is shown while it is typed); null where nobody can be asked.</param>
/// <param name="told">Gets each step when it is done.</param>
internal sealed partial class ResetDoctor(HttpClient http, ResetDoctorArguments arguments, Func<string, bool, string?>? ask, Action<DoctorStep> told)
{
    private const string Codes = "password-reset", Notices = "password-changed", Restricted = "restricted_api_key", Gone = "Not reached, because a step before has failed.";

    private static readonly string[] _all = ["health", "settings", "request", "mail", "code", "confirm", "notification"];
    private static readonly TimeSpan _lookEvery = TimeSpan.FromMilliseconds(100);

    private readonly List<DoctorStep> _steps = [];
    private readonly List<string> _secrets = [arguments.Key];
    private long _since = Stopwatch.GetTimestamp();

    /// <returns>The steps in their order; those that were not reached at the end.</returns>
    public async Task<IReadOnlyList<DoctorStep>> RunAsync(CancellationToken ct)
    {
        try
        {
            await GoAsync(ct);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            Failed(_all[_steps.Count], e.Message, ResetDoctorCauses.ServerAway);
        }

        foreach (string name in _all.Skip(_steps.Count)) Skipped(name, Gone);
        return _steps;
    }

    private async Task GoAsync(CancellationToken ct)
    {
        if (!await HealthAsync(ct) || !await SettingsAsync(ct)) return;
        string? last = await LastMailAsync(ct);
        JsonElement mail = default;
        if (arguments.Code is not null)
        {
            Skipped("request", "A code of an earlier request was given.");
            Skipped("mail", "A code of an earlier request was given.");
        }
        else if (!await RequestAsync(ct) || await MailAsync("mail", Codes, last, ResetDoctorCauses.NoMail, ct) is not { } sent) return;
        else mail = sent;

        if (!arguments.Confirms)
        {
            Skipped("code", "Its recipient alone reads it. To go on: --confirm, and --code with the code.");
            Skipped("confirm", "It would set a new password of a real user: only with --confirm.");
            Skipped("notification", "No password was changed.");
            return;
        }

        if (Code(mail) is not { } code) return;
        string? before = await LastMailAsync(ct);
        if (!await ConfirmAsync(code, ct)) return;
        await MailAsync("notification", Notices, before, ResetDoctorCauses.NoNotice, ct);
    }

    private async Task<bool> HealthAsync(CancellationToken ct)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "health");
        using HttpResponseMessage response = await http.SendAsync(request, ct);
        return response.IsSuccessStatusCode ? Ok("health", $"{http.BaseAddress} answers {(int)response.StatusCode}") : Failed("health", $"{http.BaseAddress} answers {(int)response.StatusCode}", ResetDoctorCauses.NotReady);
    }

    private async Task<bool> SettingsAsync(CancellationToken ct)
    {
        (int status, JsonElement answer) = await http.AskAsync(HttpMethod.Get, "account-settings", null, ct);
        if (answer.Text("name") == Restricted) return Skipped("settings", "The key may not see them (project:read); the request will say whether they are there.");
        if (status != 200) return Failed("settings", Said(status, answer), General(status, answer) ?? ResetDoctorCauses.NotReady);
        if (answer.Text("callback_url") is not { } callback) return Failed("settings", $"Nothing is set up for {(arguments.IsTest ? "the sandbox" : "live keys")}.", ResetDoctorCauses.NotSetUp);
        bool looksUp = answer.TryGetProperty("lookup", out JsonElement lookup) && lookup.ValueKind is JsonValueKind.True;
        return Ok("settings", $"{(arguments.IsTest ? "sandbox" : "live")}, callback {callback}, sender {answer.Text("from") ?? "EMAIL_FROM"}, lookup {(looksUp ? "on" : "off")}");
    }

    private async Task<bool> RequestAsync(CancellationToken ct)
    {
        _since = Stopwatch.GetTimestamp();
        (int status, JsonElement answer) = await http.AskAsync(HttpMethod.Post, "api/auth/password-reset/request/", JsonSerializer.Serialize(new { email = arguments.To }), ct);
        return status == 200 ? Ok("request", "accepted") : Failed("request", Said(status, answer), answer.Text("name") == ResetDoctorCauses.NotSetUp.Code ? ResetDoctorCauses.NotSetUp : General(status, answer) ?? ResetDoctorCauses.RequestRefused);
    }

    private async Task<bool> ConfirmAsync(string code, CancellationToken ct)
    {
        string? password = arguments.IsTest ? $"Aa1-{Convert.ToBase64String(RandomNumberGenerator.GetBytes(24))}" : arguments.NewPassword ?? ask?.Invoke("New password: ", false);
        _secrets.Add(password ?? "");
        _since = Stopwatch.GetTimestamp(); // what a person took to type is nobody's time
        (int status, JsonElement answer) = await http.AskAsync(HttpMethod.Post, "api/auth/password-reset/confirm/", JsonSerializer.Serialize(new { email = arguments.To, code, new_password = password }), ct);
        if (status == 200) return Ok("confirm", "the app has set the new password");
        string name = answer.Text("name") ?? "", said = Said(status, answer);
        return Failed("confirm", said, name switch
        {
            "invalid_code" => ResetDoctorCauses.WrongCode,
            "callback_failed" => ResetDoctorCauses.CallbackFailed,
            "password_refused" => ResetDoctorCauses.PasswordRefused,
            _ when said.Contains("`new_password`", StringComparison.Ordinal) => ResetDoctorCauses.PasswordRefused,
            _ => General(status, answer) ?? ResetDoctorCauses.ConfirmRefused,
        });
    }

    /// <summary>Out of the captured mail, as it was given, or as it is typed.</summary>
    private string? Code(JsonElement mail)
    {
        string? code = arguments.Code;
        if (arguments.IsTest)
        {
            code = mail.Text("text") is { } text && (OwnLine().Match(text) is { Success: true } line ? line : Anywhere().Match(text)) is { Success: true } found ? found.Groups[1].Value : null;
            if (code is null)
            {
                Failed("code", mail.Text("content_hidden") ?? "The text of the mail shows no six digits.", ResetDoctorCauses.NoCode);
                return null;
            }
        }
        else
        {
            code ??= ask?.Invoke("Code in the mail: ", true);
        }

        _secrets.Add(code ?? "");
        Ok("code", arguments.IsTest ? "read in the captured mail" : arguments.Code is null ? "typed" : "given");
        return code ?? "";
    }

    /// <summary>Waits for the mail that came after another one, until it has gone out.</summary>
    /// <returns>It; null when it did not, which is told.</returns>
    private async Task<JsonElement?> MailAsync(string step, string template, string? after, Cause none, CancellationToken ct)
    {
        long started = Stopwatch.GetTimestamp();
        JsonElement? found = null;
        while (true)
        {
            (int status, JsonElement page) = await http.AskAsync(HttpMethod.Get, $"emails?limit=5&to={Uri.EscapeDataString(arguments.To)}", null, ct);
            if (status != 200) return Nothing(Failed(step, Said(status, page), General(status, page) ?? ResetDoctorCauses.NotReady));
            foreach (JsonElement item in page.GetProperty("data").EnumerateArray())
            {
                if (item.Text("id") is not { } id || (after is not null && string.CompareOrdinal(id, after) <= 0)) continue; // ids are in the order of time
                (int got, JsonElement mail) = await http.AskAsync(HttpMethod.Get, $"emails/{id}", null, ct);
                if (got != 200 || !mail.TryGetProperty("template", out JsonElement used) || used.Text("id") != template) continue;
                found = mail;
                break;
            }

            string? state = found?.Text("last_event");
            if (state is "sent" or "delivered")
            {
                Ok(step, Seen(found!.Value, state));
                return found;
            }

            bool isOver = Stopwatch.GetElapsedTime(started) > arguments.Wait;
            if (state is not (null or "queued" or "scheduled" or "sending") || (isOver && found is not null))
                return Nothing(Failed(step, Seen(found!.Value, state!), CauseOf(found.Value) ?? ResetDoctorCauses.NotSent));
            if (isOver) return Nothing(Failed(step, $"No mail {template} within {arguments.Wait.TotalSeconds:0} seconds.", none));
            await Task.Delay(_lookEvery, ct);
        }
    }

    private async Task<string?> LastMailAsync(CancellationToken ct)
    {
        (int status, JsonElement page) = await http.AskAsync(HttpMethod.Get, $"emails?limit=1&to={Uri.EscapeDataString(arguments.To)}", null, ct);
        return status == 200 && page.GetProperty("data").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } newest ? newest.Text("id") : null;
    }

    private static string Seen(JsonElement mail, string state)
    {
        JsonElement recipient = mail.GetProperty("recipients")[0];
        string? relay = recipient.Text("relay"), said = recipient.Text("text") ?? recipient.Text("reason");
        return $"message {mail.Text("id")} is {state}{(relay is null ? "" : $" by '{relay}'")}{(said is null ? "" : $": {said}")}";
    }

    /// <summary>As the server has it, in the language that it was asked in.</summary>
    private static Cause? CauseOf(JsonElement mail) =>
        mail.GetProperty("recipients")[0].TryGetProperty("cause", out JsonElement cause) && cause.Text("code") is { } code && cause.Text("title") is { } title && cause.Text("remedy") is { } remedy
            ? new Cause(code, new CauseText(title, remedy), new CauseText(title, remedy))
            : null;

    private static Cause? General(int status, JsonElement answer) => status switch
    {
        401 or 403 => answer.Text("name") == Restricted ? ResetDoctorCauses.ScopeMissing : ResetDoctorCauses.KeyRefused,
        429 => ResetDoctorCauses.TooMany,
        503 => ResetDoctorCauses.NotReady,
        _ => null,
    };

    private static string Said(int status, JsonElement answer) => answer.Text("message") is { } message ? $"{status}: {message}" : $"{status}";

    private static JsonElement? Nothing(bool _) => null;

    private bool Ok(string name, string seen) => Add(name, StepStatus.Ok, seen, null);

    private bool Failed(string name, string seen, Cause cause) => Add(name, StepStatus.Failed, seen, cause);

    private bool Skipped(string name, string why) => Add(name, StepStatus.Skipped, why, null);

    /// <returns>Whether to go on.</returns>
    private bool Add(string name, StepStatus status, string seen, Cause? cause)
    {
        foreach (string secret in _secrets.Where(secret => secret.Length >= 4)) seen = seen.Replace(secret, "***", StringComparison.Ordinal);
        DoctorStep step = new(name, status, status == StepStatus.Skipped ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_since), CommandServer.Printable(seen), cause);
        _since = Stopwatch.GetTimestamp();
        _steps.Add(step);
        told(step);
        return status != StepStatus.Failed;
    }

    [GeneratedRegex("^[ \t]*([0-9]{6})[ \t]*\r?$", RegexOptions.Multiline)]
    private static partial Regex OwnLine();

    [GeneratedRegex("(?<![0-9])([0-9]{6})(?![0-9])")]
    private static partial Regex Anywhere();
}
