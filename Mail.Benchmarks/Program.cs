using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Mail.Benchmarks;
using Mail.Benchmarks.Load;

// One run over the whole system on this machine: how fast messages are accepted, how fast they reach a server, how long one takes when nothing else happens.
// Every accepted message is awaited at the sink, so a figure that loses messages cannot be printed.
TimeSpan duration = TimeSpan.FromSeconds(args is [string seconds, ..] ? double.Parse(seconds, CultureInfo.InvariantCulture) : 6);
const int Connections = 32;
const int IdleMessages = 200;

using CountingSink sink = new();
Console.WriteLine("Starting PostgreSQL, cache, API and worker...");
await using BenchmarkStack stack = await BenchmarkStack.StartAsync(sink.Port);
HttpLoad load = new(stack.Emails, BenchmarkStack.ApiKey);

Console.WriteLine("Warming up...");
await load.RunAsync(Connections, TimeSpan.FromSeconds(3), n => ResetMail($"warm-{n}"));
await DrainAsync();

Console.WriteLine($"Load: {Connections} connections, one POST /emails (password-reset) after the other, {duration.TotalSeconds:0} s...");
int before = sink.Recipients;
long started = Stopwatch.GetTimestamp();
LoadResult result = await load.RunAsync(Connections, duration, n => ResetMail($"load-{n}"));
await WaitForAsync(before + result.Good);
double endToEnd = result.Good / Stopwatch.GetElapsedTime(started).TotalSeconds;
long doubles = sink.Messages - sink.Recipients;
await DrainAsync();

Console.WriteLine($"Idle: {IdleMessages} messages, one every 40 ms...");
double[] idle = await IdleAsync();

Console.WriteLine();
Console.WriteLine("| accepted/s | accept p50 ms | accept p99 ms | refused | end to end/s | arrived | doubles | idle accept->sink p50 ms | p99 ms |");
Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"| {result.PerSecond:0} | {result.Milliseconds.At(50):0.0} | {result.Milliseconds.At(99):0.0} | {result.Bad} | {endToEnd:0} | {result.Good} of {result.Good} | {doubles} | {idle.At(50):0.0} | {idle.At(99):0.0} |"));

static string ResetMail(string recipient) =>
    "{\"from\":\"Acme <no-reply@example.com>\",\"to\":\"" + recipient + "@example.net\",\"template\":{\"id\":\"password-reset\",\"variables\":{\"code\":\"493817\",\"name\":\"Ada\"}}}";

async Task WaitForAsync(int recipients)
{
    (int last, long since) = (sink.Recipients, Stopwatch.GetTimestamp());
    while (sink.Recipients < recipients)
    {
        if (sink.Recipients != last) (last, since) = (sink.Recipients, Stopwatch.GetTimestamp());
        if (Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(90)) throw new TimeoutException($"{recipients - sink.Recipients} accepted messages did not arrive.");
        await Task.Delay(5);
    }
}

// Until nothing has come for a second.
async Task DrainAsync()
{
    long seen;
    do
    {
        seen = sink.Messages;
        await Task.Delay(1000);
    }
    while (sink.Messages != seen);
}

// From the moment the answer is there to the moment the sink has the message.
async Task<double[]> IdleAsync()
{
    using Socket socket = await load.ConnectAsync();
    List<double> times = [];
    for (int i = 0; i < IdleMessages; i++)
    {
        string recipient = $"idle-{i}";
        if (!await load.SendOneAsync(socket, ResetMail(recipient))) throw new InvalidOperationException("A message was refused.");
        long accepted = Stopwatch.GetTimestamp();
        await WaitForAsync(sink.Recipients + (sink.ArrivalOf($"{recipient}@example.net") is null ? 1 : 0));
        times.Add(Math.Max(0, Stopwatch.GetElapsedTime(accepted, sink.ArrivalOf($"{recipient}@example.net")!.Value).TotalMilliseconds));
        await Task.Delay(40);
    }

    return [.. times.Order()];
}
