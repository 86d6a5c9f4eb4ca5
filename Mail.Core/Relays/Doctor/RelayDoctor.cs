using System.Text;
using Mail.Core.Common;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Messages;
using Mail.Core.Relays.Http;
using Mail.Core.Relays.Setup;
using Mail.Protocol.Mime;
using Mail.Protocol.Smtp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mail.Core.Relays.Doctor;

/// <summary>
/// Finds out, step by step, whether mail can go out over a relay, and what to change when not. It has connections of its own and touches neither the
/// workers' nor their breakers; nothing is sent unless somebody is named who shall get it.
/// </summary>
public sealed class RelayDoctor(
    RelaySecrets secrets, IConfiguration configuration, IHostEnvironment environment, IOptions<RelayOptions> options, IOptions<MessageOptions> messages, TimeProvider clock,
    IServiceProvider services) // for what stands on the database: where that is not even configured, the default relay is examined all the same
{
    private bool AllowsPrivate => options.Value.AllowPrivateHosts || environment.IsDevelopment();

    /// <summary>The relay of projects that have none of their own, as this process's configuration has it.</summary>
    /// <param name="told">Gets each step when it is done.</param>
    public async Task<DoctorReport> ExamineDefaultAsync(DoctorQuestion question, Action<DoctorStep>? told, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(question);
        RelaySettings settings;
        try
        {
            settings = RelaySettings.Read(configuration, environment, options.Value);
        }
        catch (InvalidRelayException e)
        {
            DoctorNotes wrong = new(new SecretMask([]), clock, told);
            return NotUsable(RelaySettings.Name, e.Message, wrong);
        }

        DoctorNotes notes = new(Mask(settings.Server), clock, told);
        EmailAddress? from = question.From ?? settings.From ?? DefaultFrom();
        if (settings.Server is { } server)
        {
            notes.Ok("settings", settings.ToString());
            await new SmtpExamination(server, notes, clock).RunAsync(from, question.To, question.StepLimit, ct);
        }
        else
        {
            notes.Ok("settings", settings.ToString(), DoctorCauses.SendsNothing);
        }

        await SendAsync(RelaySettings.Name, Lane.Critical, from, question, notes, ct);
        return new DoctorReport(RelaySettings.Name, notes.Steps);
    }

    /// <summary>A relay of a project.</summary>
    /// <param name="told">Gets each step when it is done.</param>
    public async Task<DoctorReport> ExamineAsync(ConfiguredRelay relay, DoctorQuestion question, Action<DoctorStep>? told, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(relay);
        ArgumentNullException.ThrowIfNull(question);
        Dictionary<string, string> settings;
        try
        {
            settings = secrets.Unprotect(relay);
        }
        catch (InvalidRelayException e)
        {
            return NotUsable(relay.Name, e.Message, new DoctorNotes(new SecretMask([]), clock, told));
        }

        DoctorNotes notes = new(Mask(relay, settings), clock, told);
        StoredSettings stored = StoredSettings.Of(settings);
        HttpRelayEnvironment surroundings = new(options.Value, clock) { AllowPrivateAddresses = AllowsPrivate };
        Failure? problem = RelayKindDescription.Find(relay.Kind) is { } kind
            ? kind.Check(stored.Values, surroundings, "settings.") ?? SmtpPresets.Find(stored.Preset)?.Judge(stored.Values, "settings.")
            : Failure.Field("kind", $"is '{relay.Kind}', which this version does not know.");
        if (problem is not null) return NotUsable(relay.Name, problem.Detail, notes);

        EmailAddress? from = question.From ?? SenderFor(relay, settings);
        notes.Ok("settings", $"{relay.Kind}{(stored.Preset is null ? "" : $" ({stored.Preset})")}{(settings.TryGetValue("host", out string? host) ? $" {host}:{settings.GetValueOrDefault("port")}" : "")}", SendsNothing(relay));
        if (relay.Kind == "smtp") await new SmtpExamination(SmtpRelayKind.Server(settings, options.Value, AllowsPrivate), notes, clock).RunAsync(from, question.To, question.StepLimit, ct);
        else await ExamineHttpAsync(relay, question, notes, ct);

        if (!relay.IsEnabled) notes.Failed("send", "The relay is switched off.", DoctorCauses.Disabled);
        Lane lane = relay.Lanes.Length == 0 || relay.Lanes.Contains(Lane.Critical.Name()) ? Lane.Critical : StoredNames.TryParseLane(relay.Lanes[0], out Lane served) ? served : Lane.Critical;
        await SendAsync(relay.Name, lane, from, question, notes, ct);
        return new DoctorReport(relay.Name, notes.Steps);
    }

    private async Task ExamineHttpAsync(ConfiguredRelay relay, DoctorQuestion question, DoctorNotes notes, CancellationToken ct)
    {
        await using IRelay made = services.GetRequiredService<IRelayFactory>().Create(relay);
        if (made is HttpRelay http) await new HttpExamination(http, AllowsPrivate, notes, clock).RunAsync(question.StepLimit, ct);
    }

    private async Task SendAsync(string relay, Lane lane, EmailAddress? from, DoctorQuestion question, DoctorNotes notes, CancellationToken ct)
    {
        if (question.To is null) notes.Skipped("send", "Nobody was named who shall get a mail.");
        else if (notes.HasFailed) notes.Skipped("send", "Not tried, because a step before has failed.");
        else if (question.Project is null) notes.Skipped("send", "There is no project to send for.");
        else if (from is null) notes.Failed("send", "No sender is known: name one (from), or set EMAIL_FROM.", DoctorCauses.NotAccepted);
        else await ActivatorUtilities.CreateInstance<TestSend>(services).RunAsync(relay, lane, from, question.To, question, notes, ct);
    }

    private static DoctorReport NotUsable(string relay, string problem, DoctorNotes notes)
    {
        notes.Failed("settings", problem, DoctorCauses.Of(CauseCodes.RelaySettings));
        notes.SkipRest("Not reached.", "dns", "connect", "tls", "auth", "send");
        return new DoctorReport(relay, notes.Steps);
    }

    private static Cause? SendsNothing(ConfiguredRelay relay) => relay.Kind is "log" or "capture" ? DoctorCauses.SendsNothing : null;

    /// <summary>One that the relay takes: what mails of the platform bear, an address of the relay's list, its account.</summary>
    private EmailAddress? SenderFor(ConfiguredRelay relay, Dictionary<string, string> settings)
    {
        RelayRouting routing = new(relay.Priority, relay.Weight, [], relay.Region, relay.Senders);
        EmailAddress?[] known = [DefaultFrom(), .. relay.Senders.Select(Address), Address(settings.GetValueOrDefault("mailbox")), Address(settings.GetValueOrDefault("username"))];
        return known.FirstOrDefault(address => address is not null && routing.Accepts(address));
    }

    private EmailAddress? DefaultFrom() => Address(messages.Value.DefaultFrom);

    private static EmailAddress? Address(string? text) => text is not null && EmailAddress.TryParse(text, out EmailAddress? address, out _) ? address : null;

    private static SecretMask Mask(SmtpConnectionOptions? server) => new(SecretsOf(server?.UserName, server?.Password));

    private static SecretMask Mask(ConfiguredRelay relay, Dictionary<string, string> settings)
    {
        IEnumerable<string> secret = RelayKindDescription.Find(relay.Kind)?.Fields.Where(field => field.IsSecret).Select(field => settings.GetValueOrDefault(field.Name)).OfType<string>() ?? [];
        return new SecretMask([.. secret, .. SecretsOf(settings.GetValueOrDefault("username"), settings.GetValueOrDefault("password"))]);
    }

    /// <summary>A password also as AUTH sends it: a server may repeat that.</summary>
    private static IEnumerable<string> SecretsOf(string? user, string? password) => password is null ? [] :
        [password, Convert.ToBase64String(Encoding.UTF8.GetBytes(password)), Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{password}"))];
}
