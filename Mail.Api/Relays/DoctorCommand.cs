using System.Globalization;
using System.Text.Json;
using Mail.Api.Accounts.Apps;
using Mail.Api.GoLive;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Mail.Core.Relays;
using Mail.Core.Relays.Doctor;
using Mail.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mail.Api.Relays;

/// <summary>`dotnet Mail.Api.dll doctor`: the doctor at a terminal, with the configuration of this installation. 0: all is well, 1: something is not, 2: the command is not understood.</summary>
public static class DoctorCommand
{
    public const string Name = "doctor";

    /// <param name="args">What follows the command's name.</param>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        if (args.Contains(GoLiveCommand.Option)) return await GoLiveCommand.RunAsync(args, output, errors);
        if (args.Contains(ResetDoctorCommand.Option)) return await ResetDoctorCommand.RunAsync(args, output, errors);
        if (args is ["--help" or "-h", ..])
        {
            await output.WriteLineAsync(DoctorArguments.Usage);
            return 0;
        }

        Result<DoctorArguments> read = DoctorArguments.Read(args);
        if (!read.IsSuccess)
        {
            await errors.WriteLineAsync($"{read.Failure.Detail}\n\n{DoctorArguments.Usage}");
            return 2;
        }

        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.AddServiceDefaults();
        builder.Configuration.AddSecretFiles(ApiServices.SecretFileNames); // what it examines is what the API would use
        try
        {
            SettingAliases.Apply(builder.Configuration, builder.Configuration);
        }
        catch (InvalidRelayException e)
        {
            await errors.WriteLineAsync(e.Message);
            return 1;
        }

        builder.AddMailPostgres<MailDbContext>("maildb");
        builder.AddMailApi();
        builder.Logging.ClearProviders(); // the findings are the output
        await using WebApplication app = builder.Build();
        IReadOnlyList<string> problems = StartProblems.OfOptions(app);
        foreach (string problem in problems) await errors.WriteLineAsync($"Neither API nor worker starts with these settings: {problem}");
        if (problems.Count > 0) return 1; // nothing could be read or sent with them either
        return await RunAsync(app.Services, read.Value, output, errors);
    }

    /// <param name="services">Of a host that is built and not started.</param>
    internal static async Task<int> RunAsync(IServiceProvider services, DoctorArguments arguments, TextWriter output, TextWriter errors)
    {
        List<DoctorStep> before = [];
        Action<DoctorStep> tell = arguments.Json ? _ => { } : step => output.WriteLine(Line(step, arguments.Language)); // at once: some steps take their time
        DoctorStep database = await DatabaseExamination.RunAsync(services.GetRequiredService<NpgsqlDataSource>, CancellationToken.None);
        tell(database);
        before.Add(database);

        DoctorQuestion question = arguments.Question;
        ConfiguredRelay? relay = null;
        if (database.Status == StepStatus.Ok)
        {
            Result<(ProjectId? Project, ConfiguredRelay? Relay)> found = await FindAsync(services, arguments);
            if (!found.IsSuccess)
            {
                await errors.WriteLineAsync(found.Failure.Detail);
                return 2;
            }

            (question, relay) = (question with { Project = found.Value.Project }, found.Value.Relay);
        }
        else if (arguments.Relay is not null)
        {
            await errors.WriteLineAsync($"The relay '{arguments.Relay}' stands in the database. Without --relay the default relay is examined all the same.");
            return await EndAsync(new DoctorReport(arguments.Relay, before), arguments, output);
        }

        using IntakeCommitter? intake = question is { To: not null, Project: not null } ? services.GetRequiredService<IntakeCommitter>() : null;
        if (intake is not null) await intake.StartAsync(CancellationToken.None);
        RelayDoctor doctor = services.GetRequiredService<RelayDoctor>();
        DoctorReport report = relay is null ? await doctor.ExamineDefaultAsync(question, tell, CancellationToken.None) : await doctor.ExamineAsync(relay, question, tell, CancellationToken.None);
        if (intake is not null) await intake.StopAsync(CancellationToken.None);
        return await EndAsync(report with { Steps = [.. before, .. report.Steps] }, arguments, output);
    }

    private static async Task<int> EndAsync(DoctorReport report, DoctorArguments arguments, TextWriter output)
    {
        if (arguments.Json) await output.WriteLineAsync(JsonSerializer.Serialize(DoctorAnswer.Of(report, arguments.Language), ApiJson.Readable.DoctorAnswer));
        else await output.WriteLineAsync(report.IsWell ? $"All is well with the relay '{report.Relay}'." : $"Something is wrong with the relay '{report.Relay}'.");
        return report.IsWell ? 0 : 1;
    }

    /// <returns>The project to send for, and the relay that was asked for by name; null for the default one.</returns>
    private static async Task<Result<(ProjectId? Project, ConfiguredRelay? Relay)>> FindAsync(IServiceProvider services, DoctorArguments arguments)
    {
        await using AsyncServiceScope scope = services.CreateAsyncScope();
        MailDbContext db = scope.ServiceProvider.GetRequiredService<MailDbContext>();
        if (arguments.Project is { } asked && !await db.Projects.AnyAsync(project => project.Id == asked)) return Failure.Field("--project", "is not the id of a project.");
        if (arguments.Relay is null)
        {
            Project? first = arguments.Project is { } given ? await db.Projects.SingleAsync(project => project.Id == given) : await db.Projects.AsNoTracking().OrderBy(project => project.CreatedAt).FirstOrDefaultAsync();
            return (first?.Id, null);
        }

        IQueryable<ConfiguredRelay> named = db.Relays.AsNoTracking().Where(relay => relay.Name == arguments.Relay);
        if (arguments.Project is { } only) named = named.Where(relay => relay.ProjectId == only);
        List<ConfiguredRelay> found = await named.Take(2).ToListAsync();
        return found.Count switch
        {
            1 => (found[0].ProjectId, found[0]),
            0 => Failure.Field("--relay", $"names no relay: '{arguments.Relay}'."),
            _ => Failure.Field("--relay", $"names relays of several projects: '{arguments.Relay}'. Say which by --project."),
        };
    }

    private static string Line(DoctorStep step, string language)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{DoctorAnswer.StatusOf(step),-8}{step.Name,-10}{step.Took.TotalMilliseconds,7:0} ms  {step.Seen}");
        return step.Cause?.In(language) is { } cause ? $"{line}\n{"",-8}{cause.Title}\n{"",-8}{cause.Remedy}" : line;
    }
}
