using FsCheck;
using FsCheck.Fluent;
using Mail.Core.Common;
using Mail.Core.Messages;

namespace Mail.Tests.Core.Messages;

public sealed class ScheduledTimeTests
{
    /// <summary>A Friday.</summary>
    private static readonly DateTimeOffset _now = new(2026, 11, 20, 12, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-12-24T18:00:00Z", "2026-12-24T18:00:00Z")]
    [InlineData("2026-12-24T18:00:00.123+01:00", "2026-12-24T17:00:00.123Z")]
    [InlineData("2026-12-24T18:00", "2026-12-24T18:00:00Z")]
    [InlineData("in 1 min", "2026-11-20T12:31:00Z")]
    [InlineData("In an hour", "2026-11-20T13:30:00Z")]
    [InlineData("in 90 seconds", "2026-11-20T12:31:30Z")]
    [InlineData(" in  2  weeks ", "2026-12-04T12:30:00Z")]
    [InlineData("in 5m", "2026-11-20T12:35:00Z")]
    [InlineData("today at 6pm", "2026-11-20T18:00:00Z")]
    [InlineData("tomorrow at 9am", "2026-11-21T09:00:00Z")]
    [InlineData("Tomorrow at 9:15 AM UTC", "2026-11-21T09:15:00Z")]
    [InlineData("tomorrow 14:05", "2026-11-21T14:05:00Z")]
    [InlineData("tomorrow at 12am", "2026-11-21T00:00:00Z")]
    [InlineData("tomorrow at 12pm", "2026-11-21T12:00:00Z")]
    [InlineData("sunday at noon", "2026-11-22T12:00:00Z")]
    [InlineData("friday at 3pm", "2026-11-20T15:00:00Z")] // still ahead today
    [InlineData("friday at 9am", "2026-11-27T09:00:00Z")] // past today, so the next one
    [InlineData("thursday at 23:59", "2026-11-26T23:59:00Z")]
    public void A_time_is_read_as_resend_takes_it_and_words_are_utc(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), ScheduledTime.Parse(text, _now)!.Value);

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("tomorrow")]
    [InlineData("tomorrow at 9")] // in the morning or in the evening?
    [InlineData("tomorrow at 25:00")]
    [InlineData("tomorrow at 13pm")]
    [InlineData("tomorrow at 0am")]
    [InlineData("tomorrow at 9:60")]
    [InlineData("friday at 3pm ET")] // several zones bear that name
    [InlineData("in 5 months")]
    [InlineData("in 99999999 days")]
    [InlineData("24/12/2026")]
    [InlineData("1767225600")]
    [InlineData("2026-13-01T00:00:00Z")]
    public void What_could_mean_two_things_or_none_is_refused(string text)
    {
        Result<DateTimeOffset?> read = ScheduledTime.Read(text, "scheduled_at", _now, TimeSpan.FromDays(30));

        Assert.Equal((FailureKind.Invalid, "validation_error"), (read.Failure!.Kind, read.Failure.Code));
        Assert.StartsWith("`scheduled_at` must be a time in ISO 8601", read.Failure.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("in 31 days")]
    [InlineData("in 9999999 weeks")] // beyond the calendar
    [InlineData("9999-12-31T23:59:59Z")]
    public void What_is_too_far_ahead_is_refused(string text) =>
        Assert.Equal("`scheduled_at` is more than 30 days ahead.", ScheduledTime.Read(text, "scheduled_at", _now, TimeSpan.FromDays(30)).Failure!.Detail);

    [Theory]
    [InlineData("today at 9am")]
    [InlineData("2020-01-01T00:00:00Z")]
    [InlineData("in 0 seconds")]
    public void What_is_past_is_at_once(string text)
    {
        Result<DateTimeOffset?> read = ScheduledTime.Read(text, "scheduled_at", _now, TimeSpan.FromDays(30));

        Assert.True(read.IsSuccess);
        Assert.Null(read.Value);
    }

    /// <summary>From pieces of times: near enough to one to get past the first look.</summary>
    [Fact]
    public void No_text_is_a_fault_of_ours_and_what_is_taken_is_within_the_limit()
    {
        Gen<string> text = Gen.Elements("in", "an", " ", " ", " ", "0", "9", "13", "9999999", "2147483648", "m", "min", "days", "weeks", "today", "tomorrow", "friday", "at", "noon", ":", "00", "am", "pm", "utc",
            "2026-11-21", "9999-12-31", "0001-01-01", "T", "24:00:00", "23:59:60", "Z", "+14:00", "-14:00", ".9999999", "\0", "\uD800", "\u0660").ListOf().Select(string.Concat);

        Prop.ForAll(text.ToArbitrary(), one =>
        {
            Result<DateTimeOffset?> read = ScheduledTime.Read(one, "scheduled_at", _now, TimeSpan.FromDays(30));
            Assert.True(!read.IsSuccess || read.Value is null || (read.Value > _now && read.Value <= _now.AddDays(30)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }
}
