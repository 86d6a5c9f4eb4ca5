using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Mail.Benchmarks;
using Mail.Benchmarks.Load;
using Mail.Benchmarks.Micro;
using Mail.Benchmarks.Smtp;
using Npgsql;

// dotnet run -c Release --project Mail.Benchmarks -- mime [names]: the protocol library alone, in this process.
if (args is ["mime", .. string[] names]) return MicroBenchmark.Run<MimeBenchmarks>(names);

// ... -- render [names]: templates alone, beside npm's handlebars with the same templates.
if (args is ["render", .. string[] templates]) return await RenderBenchmark.RunAsync(templates);

// ... -- smtp: the SMTP client beside smtp-source.
if (args is ["smtp"]) return await SmtpBenchmark.RunAsync();

// ... -- smtp-server: the SMTP server beside smtp-sink.
if (args is ["smtp-server"]) return await SmtpServerBenchmark.RunAsync();

// ... -- peers [seconds] [connections] [stacks]: the whole system beside Celery, BullMQ and Postfix.
if (args is ["peers", .. string[] peers]) return await PeersBenchmark.RunAsync(peers);

// ... -- serve [NAME=VALUE...]: only starts the system, for a profiler.
if (args is ["serve", .. string[] settings]) return await ServeProgram.RunAsync(settings);

// ... -- queue [messages]: what a long queue costs.
if (args is ["queue", .. string[] queued]) return await QueueBenchmark.RunAsync(queued);

// ... -- scale [workers...]: more workers beside each other, over a relay that takes its time.
if (args is ["scale", .. string[] scaled]) return await ScaleBenchmark.RunAsync(scaled);

// ... -- search [messages]: the list of messages and its searches beside a million messages.
if (args is ["search", .. string[] searched]) return await SearchBenchmark.RunAsync(searched);

// ... -- accounts [seconds]: a forgotten password, from the request to the mail and to the new one.
if (args is ["accounts", .. string[] accounts]) return await AccountsBenchmark.RunAsync(accounts);

// One run over the whole system on this machine: how fast messages are accepted, how fast they reach a server, both at once, and how long one takes
// when nothing else happens. Every accepted message is awaited at the sink, so a figure that loses messages cannot be printed.
// The load, the sink, PostgreSQL, API and worker share the machine: figures are for that, and ratios between runs matter more than the figures.
TimeSpan duration = TimeSpan.FromSeconds(args is [string seconds, ..] ? double.Parse(seconds, CultureInfo.InvariantCulture) : 6);
const int Connections = 32;
const int IdleMessages = 200;

using CountingSink sink = new();
Console.WriteLine("Starting PostgreSQL, cache, API and worker...");
string run = Guid.NewGuid().ToString("N");
await using BenchmarkStack stack = await BenchmarkStack.StartAsync(sink.Port, ("BENCHMARK_RUN", run));
await using NpgsqlDataSource database = NpgsqlDataSource.Create(await stack.ConnectionStringAsync());
HttpLoad load = new(stack.Emails, BenchmarkStack.ApiKey);

Console.WriteLine("Warming up...");
LoadResult warm = await load.RunAsync(Connections, TimeSpan.FromSeconds(10), n => BenchmarkStack.ResetMail($"warm-{n}"));
await WaitForAsync(warm.Good);

Console.WriteLine($"Accepting alone: {Connections} connections, one POST /emails (password-reset) after the other, {duration.TotalSeconds:0} s, no worker...");
await stack.StopWorkerAsync();
(TimeSpan apiBefore, TimeSpan postgresBefore) = (Usage.OfRun(run, "Mail.Api").Cpu, await Usage.OfDatabaseAsync(database));
LoadResult alone = await load.RunAsync(Connections, duration, n => BenchmarkStack.ResetMail($"alone-{n}"));
double apiCpu = (Usage.OfRun(run, "Mail.Api").Cpu - apiBefore).TotalMicroseconds / alone.Good, postgresCpu = (await Usage.OfDatabaseAsync(database) - postgresBefore).TotalMicroseconds / alone.Good;

Console.WriteLine($"Delivering those {alone.Good}...");
await stack.StartWorkerAsync();
int before = sink.Recipients;
while (sink.Recipients == before) await Task.Delay(1);
long started = Stopwatch.GetTimestamp();
int first = sink.Recipients;
await WaitForAsync(warm.Good + alone.Good);
double delivered = (sink.Recipients - first) / Stopwatch.GetElapsedTime(started).TotalSeconds;

Console.WriteLine($"Both at once: the same load for {duration.TotalSeconds:0} s with the worker...");
started = Stopwatch.GetTimestamp();
LoadResult both = await load.RunAsync(Connections, duration, n => BenchmarkStack.ResetMail($"both-{n}"));
await WaitForAsync(warm.Good + alone.Good + both.Good);
double endToEnd = both.Good / Stopwatch.GetElapsedTime(started).TotalSeconds;

Console.WriteLine($"Idle: {IdleMessages} messages, one every 40 ms...");
double[] idle = await IdleAsync();

Console.WriteLine();
Console.WriteLine("| | per second | p50 ms | p99 ms |");
Console.WriteLine("|---|---|---|---|");
Row("accepted, alone", alone.PerSecond, alone.Milliseconds);
Row("delivered, alone", delivered, []);
Row("accepted, while delivering", both.PerSecond, both.Milliseconds);
Row("end to end, while accepting", endToEnd, []);
Row("idle, accepted -> sink", double.NaN, idle);
Console.WriteLine();
Console.WriteLine($"Accepting alone costs {apiCpu:0} µs of CPU a message in the API and {postgresCpu:0} in PostgreSQL.");
Console.WriteLine($"{warm.Good + alone.Good + both.Good + IdleMessages} accepted, {sink.Recipients} arrived, {sink.Messages - sink.Recipients} of them twice, {alone.Bad + both.Bad} refused.");
return 0;

static void Row(string what, double perSecond, double[] milliseconds) => Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"| {what} | {(double.IsNaN(perSecond) ? "" : perSecond.ToString("0", CultureInfo.InvariantCulture))} | {(milliseconds.Length == 0 ? "" : milliseconds.At(50).ToString("0.0", CultureInfo.InvariantCulture))} | {(milliseconds.Length == 0 ? "" : milliseconds.At(99).ToString("0.0", CultureInfo.InvariantCulture))} |"));

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

// From the moment the answer is there to the moment the sink has the message.
async Task<double[]> IdleAsync()
{
    using Socket socket = await load.ConnectAsync();
    List<double> times = [];
    for (int i = 0; i < IdleMessages; i++)
    {
        string recipient = $"idle-{i}";
        if (!await load.SendOneAsync(socket, BenchmarkStack.ResetMail(recipient))) throw new InvalidOperationException("A message was refused.");
        long accepted = Stopwatch.GetTimestamp();
        await WaitForAsync(sink.Recipients + (sink.ArrivalOf($"{recipient}@example.net") is null ? 1 : 0));
        times.Add(Math.Max(0, Stopwatch.GetElapsedTime(accepted, sink.ArrivalOf($"{recipient}@example.net")!.Value).TotalMilliseconds));
        await Task.Delay(40);
    }

    return [.. times.Order()];
}
