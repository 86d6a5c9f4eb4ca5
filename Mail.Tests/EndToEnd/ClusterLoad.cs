using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Mail.Tests.EndToEnd;

/// <summary>
/// Apps that hand mail over without end, as apps should: each message under a key of its own, and where one API does not answer, or says that it cannot now, the next one is asked with the same key.
/// </summary>
internal sealed class ClusterLoad(IReadOnlyList<HttpClient> apis)
{
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, byte> _accepted = new();
    private int _again;

    public IReadOnlySet<string> Accepted => _accepted.Keys.ToHashSet();

    /// <summary>How often another API had to be asked.</summary>
    public int AskedAgain => Volatile.Read(ref _again);

    /// <summary>Until it is told to stop; every message that was begun is accepted then.</summary>
    public Task RunAsync(int apps, CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, apps).Select(app => RunAppAsync(app, stop)));

    private async Task RunAppAsync(int app, CancellationToken stop)
    {
        for (int n = 0; !stop.IsCancellationRequested; n++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"app-{app}-{n}");
            int api = (app + n) % apis.Count;
            while (!await TrySendAsync(apis[api], name))
            {
                Interlocked.Increment(ref _again);
                api = (api + 1) % apis.Count;
                await Task.Delay(50, CancellationToken.None);
            }

            await Task.Delay(_between, CancellationToken.None);
        }
    }

    private async Task<bool> TrySendAsync(HttpClient api, string name)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/emails")
        {
            Content = JsonContent.Create(new { from = "a@example.com", to = $"{name}@d{name.Length}.example.net", subject = "s", text = "t" }),
        };
        request.Headers.Add("Idempotency-Key", name);
        try
        {
            using HttpResponseMessage response = await api.SendAsync(request);
            string body = await response.Content.ReadAsStringAsync();
            if (response.StatusCode is HttpStatusCode.ServiceUnavailable) return false;
            Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {body}");
            _accepted[JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()!] = 0;
            return true;
        }
        catch (HttpRequestException)
        {
            return false; // refused, or cut: whether it was stored the key will tell
        }
    }
}
