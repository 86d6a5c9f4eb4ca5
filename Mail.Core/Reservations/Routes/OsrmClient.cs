using System.Diagnostics;
using System.Net;
using Mail.Core.Common;
using Microsoft.Extensions.Options;

namespace Mail.Core.Reservations.Routes;

/// <summary>
/// Asks an OSRM server, by its HTTP API version 1: `/route` for a way whose order is clear, `/trip` for one whose order it shall find. Its address is the operator's, who may have it in the
/// own network; redirects are not followed. It is believed nothing that cannot be. After a failure it is left alone for a while, so that no flow waits for it again and again.
/// </summary>
public sealed class OsrmClient : IDisposable
{
    private const int LongestAnswer = 1024 * 1024;
    private static readonly TimeSpan _longestPause = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http;
    private readonly OsrmOptions _options;
    private readonly TimeProvider _clock;
    private long _pausedUntil; // UTC ticks

    public OsrmClient(IOptions<OsrmOptions> options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _clock) = (options.Value, clock);
        SocketsHttpHandler handler = new()
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = _options.Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2), // a name may lead elsewhere later
            MaxResponseDrainSize = 64 * 1024,
            ActivityHeadersPropagator = null,
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LongestAnswer };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("Mail-Routes/1.0");
    }

    public bool IsConfigured => _options.BaseUrl is not null;

    public void Dispose() => _http.Dispose();

    /// <returns>The way, or why there is none; never an exception but for <paramref name="ct"/>.</returns>
    internal async Task<(Way? Way, OsrmProblem? Problem)> AskAsync(GeoPoint from, GeoPoint to, IReadOnlyList<GeoPoint> between, CancellationToken ct)
    {
        Uri home = _options.BaseUrl ?? throw new InvalidOperationException("Osrm:BaseUrl is not set.");
        if (between.Count + 2 > _options.MaxPoints) return (null, new OsrmProblem(OsrmProblemKind.TooBig, $"{between.Count + 2} points, and Osrm:MaxPoints is {_options.MaxPoints}"));
        if (_clock.GetUtcNow().UtcTicks < Interlocked.Read(ref _pausedUntil)) return (null, new OsrmProblem(OsrmProblemKind.Unreachable, "it failed a moment ago, and is left alone for now"));

        GeoPoint[] points = [from, .. between, to];
        bool isTrip = between.Count > 1;
        string coordinates = string.Join(';', points.Select(point => point.ToOsrm()));
        string path = isTrip
            ? $"trip/v1/{_options.Profile}/{coordinates}?source=first&destination=last&roundtrip=false&overview=simplified&geometries=polyline&steps=false"
            : $"route/v1/{_options.Profile}/{coordinates}?overview=simplified&geometries=polyline&steps=false&alternatives=false";
        using Activity? activity = MailTelemetry.Source.StartActivity(isTrip ? "osrm trip" : "osrm route", ActivityKind.Client);
        activity?.SetTag("mail.route.points", points.Length);
        (Way? way, OsrmProblem? problem) = await ExchangeAsync(new Uri($"{home.AbsoluteUri.TrimEnd('/')}/{path}"), points, isTrip, ct);
        if (problem is { IsTemporary: true })
        {
            TimeSpan pause = problem.RetryAfter ?? _options.Pause;
            Interlocked.Exchange(ref _pausedUntil, (_clock.GetUtcNow() + (pause < _longestPause ? pause : _longestPause)).UtcTicks);
        }

        activity?.SetStatus(problem is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error, problem?.Detail);
        return (way, problem);
    }

    private async Task<(Way?, OsrmProblem?)> ExchangeAsync(Uri url, GeoPoint[] points, bool isTrip, CancellationToken ct)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_options.Timeout);
        try
        {
            using HttpResponseMessage response = await _http.GetAsync(url, HttpCompletionOption.ResponseContentRead, limit.Token);
            return response.StatusCode switch
            {
                HttpStatusCode.OK or HttpStatusCode.BadRequest => OsrmAnswer.Read(await response.Content.ReadAsByteArrayAsync(limit.Token), points, isTrip, _options.MaxMetresToRoad), // 400 comes with a code
                HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable =>
                    (null, new OsrmProblem(OsrmProblemKind.Busy, $"it answered {(int)response.StatusCode}") { RetryAfter = RetryAfter(response) }),
                >= HttpStatusCode.InternalServerError => (null, new OsrmProblem(OsrmProblemKind.Broken, $"it answered {(int)response.StatusCode}")),
                HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.RequestUriTooLong => (null, new OsrmProblem(OsrmProblemKind.TooBig, $"it answered {(int)response.StatusCode}")),
                _ => (null, new OsrmProblem(OsrmProblemKind.Refused, $"it answered {(int)response.StatusCode}; is Osrm:BaseUrl right?")),
            };
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
        {
            return (null, new OsrmProblem(OsrmProblemKind.Nonsense, $"its answer is longer than {LongestAnswer / 1024} KB"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return (null, new OsrmProblem(OsrmProblemKind.Unreachable, (e as HttpRequestException)?.HttpRequestError is HttpRequestError.NameResolutionError ? "its name is not known" : "it could not be reached, or hung up"));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, new OsrmProblem(OsrmProblemKind.Late, $"it did not answer within {_options.Timeout.TotalSeconds:0.##} s"));
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is { } after && (after.Delta ?? after.Date - _clock.GetUtcNow()) is { } wait && wait > TimeSpan.Zero ? wait : null;
}
