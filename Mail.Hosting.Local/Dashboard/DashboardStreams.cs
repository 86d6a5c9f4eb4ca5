using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;

namespace Mail.Hosting.Local.Dashboard;

internal static class DashboardStreams
{
    public static IResult Events(this IResultExtensions _, IAsyncEnumerable<SseItem<string>> items) => TypedResults.ServerSentEvents(items);

    /// <summary>The sequence ends, without an exception, when <paramref name="ct"/> does: a closed page is nothing unusual.</summary>
    public static async IAsyncEnumerable<T> EndQuietly<T>(this IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken ct)
    {
        await using IAsyncEnumerator<T> items = source.GetAsyncEnumerator(ct);
        while (true)
        {
            try
            {
                if (!await items.MoveNextAsync()) yield break;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                yield break;
            }

            yield return items.Current;
        }
    }
}
