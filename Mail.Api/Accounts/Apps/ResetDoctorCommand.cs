using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Mail.Api.Http;
using Mail.Api.Relays;
using Mail.Core.Common;
using Mail.Core.Relays.Doctor;

namespace Mail.Api.Accounts.Apps;

/// <summary>`dotnet Mail.Api.dll doctor --flow password-reset`: a client of a server; nothing of this installation is used. 0: all is well, 1: something is not, 2: the command is not understood.</summary>
public static class ResetDoctorCommand
{
    /// <summary>What makes `doctor` this one.</summary>
    public const string Option = "--flow";

    /// <param name="Flow">`password-reset`.</param>
    /// <param name="Ok">Whether no step has failed.</param>
    /// <param name="TotalMs">From the first step to the last, without what was typed.</param>
    public sealed record Answer(string Object, string Flow, string Server, bool Ok, double TotalMs, IReadOnlyList<DoctorAnswer.StepFacts> Steps);

    /// <param name="args">What follows `doctor`.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        using SocketsHttpHandler handler = new() { AllowAutoRedirect = false }; // the key goes where it was meant for
        bool canAsk = !Console.IsInputRedirected && !Console.IsErrorRedirected && !args.Contains("--json");
        return await RunAsync(args, output, errors, handler, Environment.GetEnvironmentVariable, canAsk ? Ask : null);
    }

    /// <param name="handler">Leads to the server.</param>
    /// <param name="environment">Variables by name.</param>
    /// <param name="ask">Asks the person at the terminal; null where nobody can be asked.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors, HttpMessageHandler handler, Func<string, string?> environment, Func<string, bool, string?>? ask)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        ArgumentNullException.ThrowIfNull(environment);
        if (args.Contains("--help") || args.Contains("-h"))
        {
            await output.WriteLineAsync(ResetDoctorArguments.Usage);
            return 0;
        }

        Result<ResetDoctorArguments> read = ResetDoctorArguments.Read(args, environment, ask is not null);
        if (!read.IsSuccess)
        {
            await errors.WriteLineAsync($"{read.Failure.Detail}\n\n{ResetDoctorArguments.Usage}");
            return 2;
        }

        ResetDoctorArguments arguments = read.Value;
        using HttpClient http = CommandServer.Client(handler, arguments.Server, arguments.Key, arguments.Language, TimeSpan.FromSeconds(30));
        Action<DoctorStep> tell = arguments.Json ? _ => { } : step => output.WriteLine(Line(step, arguments.Language));
        long started = Stopwatch.GetTimestamp();
        TimeSpan typing = TimeSpan.Zero;
        Func<string, bool, string?>? timed = ask is null ? null : (prompt, shown) =>
        {
            long asked = Stopwatch.GetTimestamp();
            string? typed = ask(prompt, shown);
            typing += Stopwatch.GetElapsedTime(asked);
            return typed;
        };
        IReadOnlyList<DoctorStep> steps = await new ResetDoctor(http, arguments, timed, tell).RunAsync(CancellationToken.None);
        double total = Math.Round((Stopwatch.GetElapsedTime(started) - typing).TotalMilliseconds, 1);
        bool isWell = steps.All(step => step.Status != StepStatus.Failed);
        if (arguments.Json)
            await output.WriteLineAsync(JsonSerializer.Serialize(new Answer("doctor_report", ResetDoctorArguments.Flow, arguments.Server.ToString(), isWell, total, DoctorAnswer.StepsOf(steps, arguments.Language)), ApiJson.Readable.ResetDoctorAnswer));
        else
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{(isWell ? "All is well" : "Something is wrong")} with the flow '{ResetDoctorArguments.Flow}': {total:0} ms in total."));
        return isWell ? 0 : 1;
    }

    private static string Line(DoctorStep step, string language)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{DoctorAnswer.StatusOf(step),-8}{step.Name,-13}{step.Took.TotalMilliseconds,7:0} ms  {step.Seen}");
        return step.Cause?.In(language) is { } cause ? $"{line}\n{"",-8}{CommandServer.Printable(cause.Title)}\n{"",-8}{CommandServer.Printable(cause.Remedy)}" : line;
    }

    /// <summary>On the error stream, so that the findings can go into a file. A password is not shown while it is typed.</summary>
    private static string? Ask(string prompt, bool isShown)
    {
        Console.Error.Write(prompt);
        if (isShown) return Console.ReadLine()?.Trim();
        StringBuilder typed = new();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key is ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar)) typed.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
