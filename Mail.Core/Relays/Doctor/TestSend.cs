using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Messages;
using Mail.Protocol.Mime;

namespace Mail.Core.Relays.Doctor;

/// <summary>Sends a real mail on the way that every mail goes, intake, queue and worker, but over one relay alone, and tells what became of it.</summary>
internal sealed class TestSend(MessageIntake intake, MessageReader messages, MessageSchedule schedule, TimeProvider clock)
{
    private static readonly TimeSpan _lookEvery = TimeSpan.FromMilliseconds(200);

    // A relay that was mended a moment ago: workers follow within seconds, and send then what they have just put off.
    private static readonly TimeSpan _workersFollow = TimeSpan.FromSeconds(8);

    /// <param name="lane">One that the relay serves.</param>
    public async Task RunAsync(string relay, Lane lane, EmailAddress from, EmailAddress to, DoctorQuestion question, DoctorNotes notes, CancellationToken ct)
    {
        ProjectId project = question.Project!.Value;
        EmailRequest mail = new()
        {
            From = from.Address, To = [to.Address], Subject = $"Test of the relay {relay}", Lane = lane.Name(),
            Text = $"This message was sent by mail doctor to find out whether the relay \"{relay}\" works. It does: you are reading it.\n\nCe message a été envoyé par mail doctor pour vérifier que le relais « {relay} » fonctionne. C'est le cas : vous le lisez.\n",
            Headers = new Dictionary<string, string?> { ["Auto-Submitted"] = "auto-generated" },
        };
        Result<string> accepted = await intake.AcceptAsync(new MessageSender(project, IsTest: false, "en") { OnlyRelay = relay }, mail, null, ct);
        if (!accepted.IsSuccess)
        {
            notes.Failed("send", accepted.Failure.Detail, accepted.Failure.Kind == FailureKind.Unavailable ? DoctorCauses.DatabaseAway : DoctorCauses.NotAccepted);
            return;
        }

        using JsonDocument answer = JsonDocument.Parse(accepted.Value);
        MessageId id = new(answer.RootElement.GetProperty("id").GetGuid());
        RecipientStatus? fate = null;
        try
        {
            fate = await WaitAsync(project, id, question.SendLimit, ct);
            Tell(id, fate, notes);
        }
        finally
        {
            // What is told as failed, or what nobody waits for any more, shall not come later.
            if (fate is null || fate.State.IsWaiting()) await schedule.CancelAsync(project, id, CancellationToken.None);
        }
    }

    private async Task<RecipientStatus> WaitAsync(ProjectId project, MessageId id, TimeSpan limit, CancellationToken ct)
    {
        long started = clock.GetTimestamp();
        while (true)
        {
            RecipientStatus status = (await messages.RecipientsAsync(project, id, ct))[0];
            TimeSpan waited = clock.GetElapsedTime(started);
            if (!status.State.IsWaiting() || waited > limit) return status;
            if (status.State == DeliveryState.DeliveryDelayed && (status.Attempts > 0 || waited > _workersFollow)) return status;
            await Task.Delay(_lookEvery, ct);
        }
    }

    private static void Tell(MessageId id, RecipientStatus fate, DoctorNotes notes)
    {
        string said = fate.Text ?? fate.Reason ?? "";
        string seen = $"message {id} is {fate.State.Name()}{(fate.Relay is null ? "" : $" by '{fate.Relay}'")}{(fate.Code is null ? "" : $": {fate.Code}")}{(said.Length == 0 ? "" : $"{(fate.Code is null ? ":" : "")} {said}")}";
        switch (fate.State)
        {
            case DeliveryState.Sent or DeliveryState.Delivered:
                notes.Ok("send", seen);
                break;
            case DeliveryState.Queued or DeliveryState.Scheduled:
                notes.Failed("send", seen, DoctorCauses.NobodySends);
                break;
            case DeliveryState.Sending:
                notes.Failed("send", seen, DoctorCauses.StillUnderWay);
                break;
            default:
                notes.Failed("send", seen, StoredCause.Of(fate.State, fate.Cause) ?? DoctorCauses.Of("no_reason_given"));
                break;
        }
    }
}
