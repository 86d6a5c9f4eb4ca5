using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Mail.Api.Access;
using Mail.Core.Common;
using Mail.Core.Live;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Live;

/// <summary>
/// GET /live: server-sent events that say of what there is news, so that a page asks again at once and not every few seconds.
/// `event: news`, `data: messages` or `alerts`; `event: still` when there was none for a while, which tells both ends that the line is open.
/// </summary>
public static class GetLive
{
    private static readonly TimeSpan _still = TimeSpan.FromSeconds(15);

    /// <summary>After it the browser connects again by itself: whoever has lost access meanwhile is not told on.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(5);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/live", Handle).RequireScope(Scopes.ReadMessages).ForTestKeys(TestKeyReach.Nothing).WithTags("Live").WithSummary("Hear of news as server-sent events");

    public static ServerSentEventsResult<string> Handle(CurrentProject project, LiveFeed feed, IHostApplicationLifetime host, TimeProvider clock, CancellationToken ct) =>
        TypedResults.ServerSentEvents(EventsAsync(project.Id, feed, host, clock, ct));

    private static async IAsyncEnumerable<SseItem<string>> EventsAsync(ProjectId project, LiveFeed feed, IHostApplicationLifetime host, TimeProvider clock, [EnumeratorCancellation] CancellationToken ct)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(ct, host.ApplicationStopping);
        end.CancelAfter(_longest);
        Channel<SseItem<string>> events = Channel.CreateUnbounded<SseItem<string>>();
        Task both = Task.WhenAll(TellAsync(), StillAsync());
        yield return new SseItem<string>("", "still"); // the head of the answer goes out with it
        await foreach (SseItem<string> one in events.Reader.ReadAllAsync(CancellationToken.None)) yield return one;
        await both;

        async Task TellAsync()
        {
            try
            {
                await foreach (string topic in feed.ListenAsync(project, end.Token)) events.Writer.TryWrite(new SseItem<string>(topic, "news"));
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // The end.
            }
            finally
            {
                events.Writer.TryComplete();
            }
        }

        async Task StillAsync()
        {
            using PeriodicTimer timer = new(_still, clock);
            try
            {
                while (await timer.WaitForNextTickAsync(end.Token)) events.Writer.TryWrite(new SseItem<string>("", "still"));
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // The end.
            }
        }
    }
}
