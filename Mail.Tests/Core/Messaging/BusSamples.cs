using System.Collections.Concurrent;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mail.Tests.Core.Messaging;

/// <summary>What the sample handlers tell of themselves, and where a test makes them fail or wait.</summary>
internal sealed class Probe
{
    private readonly ConcurrentQueue<string> _seen = [];

    /// <summary>Runs at named places of the handlers.</summary>
    public Func<string, BusContext, Task>? At { get; set; }

    public IReadOnlyList<string> Seen => [.. _seen];

    public async Task AtAsync(string place, BusContext context)
    {
        _seen.Enqueue(place);
        if (At is { } at) await at(place, context);
    }
}

/// <summary>Leaves an effect, and publishes an echo that leaves one too.</summary>
[BusMessage("test.note")]
internal sealed record Note(string Text, ProjectId Project = default) : IProjectMessage
{
    public ProjectId ProjectId => Project;
}

[BusMessage("test.echo")]
internal sealed record Echo(string Text);

/// <summary>The same, by a handler that calls somebody first and holds no transaction meanwhile.</summary>
[BusMessage("test.call")]
internal sealed record PhoneCall(string Text);

[BusMessage("test.secret"), Sensitive]
internal sealed record Secret(string Code);

[BusMessage("test.twice")]
internal sealed record Twice(string Text);

[BusMessage("test.alarm")]
internal sealed record Alarm(string Text, int Times = 1, ProjectId? Project = null) : IProjectMessage
{
    public ProjectId ProjectId => Project ?? default;
}

internal static class Handlers
{
    public static async Task Handle(Note note, MailDbContext db, IMessageBus bus, BusContext context, Probe probe, CancellationToken ct)
    {
        await probe.AtAsync($"begin {note.Text}", context);
        await LeaveAsync(db, $"note {note.Text}", ct);
        await probe.AtAsync("effect", context);
        await bus.PublishAsync(new Echo(note.Text), ct);
        await probe.AtAsync("published", context);
    }

    public static async ValueTask Handle(Echo echo, MailDbContext db, CancellationToken ct) => await LeaveAsync(db, $"echo {echo.Text}", ct);

    [BusHandler(HoldsTransaction = false)]
    public static async Task Handle(PhoneCall call, MailDbContext db, IMessageBus bus, BusContext context, Probe probe, CancellationToken ct)
    {
        await probe.AtAsync($"called {context.Id}", context);
        if (call.Text == "too early") await bus.PublishAsync(new Echo(call.Text), ct);
        await context.CompleteAsync(
            async ct =>
            {
                await LeaveAsync(db, $"call {call.Text}", ct);
                await probe.AtAsync("effect", context);
                await bus.PublishAsync(new Echo(call.Text), ct);
                await probe.AtAsync("published", context);
            },
            ct);
    }

    public static async Task Handle(Secret secret, MailDbContext db, BusContext context, Probe probe, CancellationToken ct)
    {
        await probe.AtAsync($"code {secret.Code}", context);
        await LeaveAsync(db, "secret", ct);
    }

    [BusHandler(Name = "test.twice.first")]
    public static async Task Handle(Twice twice, MailDbContext db, BusContext context, Probe probe, CancellationToken ct)
    {
        await probe.AtAsync("first", context);
        await LeaveAsync(db, $"first {twice.Text}", ct);
    }

    public static async Task Handle(Alarm alarm, MailDbContext db, IMessageBus bus, BusContext context, Probe probe, CancellationToken ct)
    {
        await probe.AtAsync("alarm", context);
        await LeaveAsync(db, $"alarm {alarm.Text} {alarm.Times}", ct);
        if (alarm.Times > 1) await bus.ScheduleAsync(alarm with { Times = alarm.Times - 1 }, context.DueAt.AddSeconds(1), context.Key!, SameKey.Replace, ct);
    }

    private static Task<int> LeaveAsync(MailDbContext db, string words, CancellationToken ct) => db.Database.ExecuteSqlAsync($"INSERT INTO effects (words) VALUES ({words})", ct);
}

internal static class MoreHandlers
{
    [BusHandler(Name = "test.twice.second")]
    public static Task Handle(Twice twice, MailDbContext db, CancellationToken ct) => db.Database.ExecuteSqlAsync($"INSERT INTO effects (words) VALUES ({"second " + twice.Text})", ct);
}
