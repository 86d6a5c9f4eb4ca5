using System.Diagnostics;
using Mail.Core.Common;
using Mail.Core.Sandbox;

namespace Mail.Api.Sandbox;

/// <summary>
/// Holds a request until there is something to answer. It looks again and again, on the index; a worker's process has no way to tell. Requests that wait cost a
/// little each, so there is an end to how many may.
/// </summary>
public sealed class SandboxWaiting(SandboxInbox inbox, IHostApplicationLifetime host) : IDisposable
{
    private const int Most = 200;
    private static readonly TimeSpan _first = TimeSpan.FromMilliseconds(100), _longest = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _room = new(Most);

    /// <returns>An empty page when nothing came in time, or this process is about to stop.</returns>
    public async Task<Result<(IReadOnlyList<SandboxSummary> Page, bool HasMore)>> ListAsync(ProjectId project, SandboxFilter filter, TimeSpan wait, CancellationToken ct)
    {
        (IReadOnlyList<SandboxSummary> Page, bool HasMore) found = await inbox.ListAsync(project, filter, ct);
        if (found.Page.Count > 0 || wait <= TimeSpan.Zero) return found;
        if (!await _room.WaitAsync(TimeSpan.Zero, ct)) return new Failure(FailureKind.TooMany, "too_many_waiting", $"{Most} requests wait for test mail here already. Ask without `wait`, or again in a moment.") { RetryAfter = TimeSpan.FromSeconds(1) };
        try
        {
            long began = Stopwatch.GetTimestamp();
            for (TimeSpan pause = _first; found.Page.Count == 0 && Stopwatch.GetElapsedTime(began) is var gone && gone < wait && !host.ApplicationStopping.IsCancellationRequested; pause = pause * 1.2 < _longest ? pause * 1.2 : _longest)
            {
                await Task.Delay(wait - gone < pause ? wait - gone : pause, ct);
                found = await inbox.ListAsync(project, filter, ct);
            }

            return found;
        }
        finally
        {
            _room.Release();
        }
    }

    public void Dispose() => _room.Dispose();
}
