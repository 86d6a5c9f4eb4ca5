using Mail.Api.Access;
using Mail.Api.ActionLinks;
using Mail.Core.ActionLinks;
using Mail.Core.Common;
using Mail.Core.Flows;
using Mail.Core.Messaging;
using Mail.Core.Requests;

namespace Mail.Api.Requests;

/// <summary>Reads the body of POST /requests, or names the first field that cannot be taken.</summary>
internal static class RequestChecks
{
    private const int LongestTitle = 200, LongestText = 2000, LongestLabel = 80, MostDetails = 20, MostReminders = 10, LeastChoices = 2, MostDaysBefore = 60;
    private static readonly TimeSpan _usual = TimeSpan.FromDays(7), _least = TimeSpan.FromMinutes(5), _most = TimeSpan.FromDays(365);

    public static Result<NewRequest> Read(CreateRequest.Request request, CurrentProject project, DateTimeOffset now)
    {
        if ((FlowFields.RequiredText("title", request.Title, LongestTitle) ?? ActionLinkChecks.TextProblem("text", request.Text, LongestText, lines: true)) is { } bad) return bad;
        Result<ActionChoice[]> choices = ActionLinkChecks.ChoicesOf(request.Choices ?? [], LeastChoices);
        if (!choices.IsSuccess) return choices.Failure;
        if (request.Person is not { } person) return Failure.Missing("person");
        Result<FlowFields.Person> asked = FlowFields.PersonAt("person", person.Email, person.Name, person.Locale, person.TimeZone);
        if (!asked.IsSuccess) return asked.Failure;
        if (ActionLinkChecks.TextProblem("on_behalf_of.name", request.OnBehalfOf?.Name, FlowFields.LongestName) is { } wrongName) return wrongName;
        Result<string?> behalf = FlowFields.Address("on_behalf_of.email", request.OnBehalfOf?.Email), from = FlowFields.Sender(request.From, project);
        if ((behalf.Failure ?? from.Failure) is { } wrong) return wrong;
        Result<RequestDetail[]> details = Details(request.Details ?? []);
        if (!details.IsSuccess) return details.Failure;
        Result<LocalMoment> deadline = Deadline(request.Deadline, asked.Value.Zone, now);
        if (!deadline.IsSuccess) return deadline.Failure;
        Result<LocalMoment[]> reminders = Reminders(request.Reminders ?? [], deadline.Value, asked.Value.Zone, now);
        if (!reminders.IsSuccess) return reminders.Failure;
        Result<System.Text.Json.JsonElement?> metadata = FlowFields.Metadata(request.Metadata);
        if (!metadata.IsSuccess) return metadata.Failure;
        string? name = FlowFields.Trimmed(request.OnBehalfOf?.Name);
        RequestContent content = new(request.Title!.Trim(), FlowFields.Trimmed(request.Text), choices.Value, name ?? behalf.Value ?? project.Name, [.. reminders.Value.Select(one => one.At)])
        {
            OnBehalfOfName = name, OnBehalfOfEmail = behalf.Value, Details = details.Value, PersonEmail = asked.Value.Email, PersonName = asked.Value.Name, Locale = asked.Value.Locale, TimeZone = asked.Value.TimeZone,
            AsksComment = request.Comment == true, From = from.Value, Metadata = metadata.Value,
        };
        return new NewRequest(project.Id, project.IsTest, asked.Value.Normal, content, deadline.Value, reminders.Value);
    }

    private static Result<RequestDetail[]> Details(CreateRequest.Detail?[] given)
    {
        if (given.Length > MostDetails) return Failure.Field("details", $"must be at most {MostDetails} lines.");
        for (int i = 0; i < given.Length; i++)
        {
            if ((FlowFields.RequiredText($"details.{i}.label", given[i]?.Label, LongestLabel) ?? FlowFields.RequiredText($"details.{i}.value", given[i]?.Value, LongestTitle)) is { } bad) return bad;
        }

        return given.Select(detail => new RequestDetail(detail!.Label!.Trim(), detail.Value!.Trim())).ToArray();
    }

    private static Result<LocalMoment> Deadline(string? text, TimeZoneInfo? zone, DateTimeOffset now)
    {
        Result<LocalMoment> deadline = text is null ? new LocalMoment(now + _usual, null) : LocalMoment.Parse("deadline", text, zone);
        if (!deadline.IsSuccess) return deadline;
        return deadline.Value.At - now < _least || deadline.Value.At - now > _most ? Failure.Field("deadline", "must be five minutes to 365 days ahead.") : deadline;
    }

    /// <returns>In order, each of them once.</returns>
    private static Result<LocalMoment[]> Reminders(CreateRequest.Reminder?[] given, LocalMoment deadline, TimeZoneInfo? zone, DateTimeOffset now)
    {
        if (given.Length > MostReminders) return Failure.Field("reminders", $"must be at most {MostReminders}.");
        List<LocalMoment> moments = [];
        for (int i = 0; i < given.Length; i++)
        {
            Result<LocalMoment> one = Reminder($"reminders.{i}", given[i], deadline, zone);
            if (!one.IsSuccess) return one.Failure;
            if (one.Value.At <= now || one.Value.At >= deadline.At) return Failure.Field($"reminders.{i}", $"would come at {one.Value.At:yyyy-MM-dd'T'HH:mm:ss'Z'}, which is not between now and the deadline.");
            moments.Add(one.Value);
        }

        return moments.DistinctBy(moment => moment.At).OrderBy(moment => moment.At).ToArray();
    }

    private static Result<LocalMoment> Reminder(string path, CreateRequest.Reminder? reminder, LocalMoment deadline, TimeZoneInfo? zone)
    {
        switch (reminder)
        {
            case { At: { } at, MinutesBefore: null, DaysBefore: null, Time: null }:
                return LocalMoment.Parse($"{path}.at", at, zone);
            case { MinutesBefore: { } minutes, At: null, DaysBefore: null, Time: null }:
                return minutes is < 1 or > 525_600 ? Failure.Field($"{path}.minutes_before", "must be 1 to 525600 (a year).") : new LocalMoment(deadline.At.AddMinutes(-minutes), null);
            case { DaysBefore: { } days, Time: { } time, At: null, MinutesBefore: null }:
                if (days is < 0 or > MostDaysBefore) return Failure.Field($"{path}.days_before", $"must be 0 to {MostDaysBefore}.");
                if (!TimeOnly.TryParseExact(time, "HH:mm", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out TimeOnly clock)) return Failure.Field($"{path}.time", "must be a time such as `10:00`.");
                if (zone is null) return Failure.Field($"{path}.time", "is a time by the person's clocks: say `person.time_zone`.");
                return LocalMoment.Of(new WallTime(TimeZoneInfo.ConvertTime(deadline.At, zone).Date.AddDays(-days) + clock.ToTimeSpan(), zone));
            default:
                return Failure.Field(path, "must have `minutes_before`, or `days_before` and `time`, or `at`.");
        }
    }
}
