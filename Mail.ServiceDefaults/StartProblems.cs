using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.ServiceDefaults;

public static class StartProblems
{
    /// <summary>
    /// All that is wrong with the settings at once, each with what to do, for a host to tell in a line each before it ends: who starts it shall not learn of one after the other, nor look for it in an
    /// exception's stack. Asked for before the database is, which a host with wrong settings leaves as it is.
    /// </summary>
    public static IReadOnlyList<string> Of(IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return [.. OfDatabase(host.Services), .. OfOptions(host)];
    }

    /// <summary>All but that the database is not named, for a command that does without one.</summary>
    public static IReadOnlyList<string> OfOptions(IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        try
        {
            host.Services.GetService<IStartupValidator>()?.Validate();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures.Distinct()];
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            return [.. e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures).Distinct()];
        }
        catch (InvalidOperationException e) when (e.Source == "Microsoft.Extensions.Configuration.Binder")
        {
            return [e.Message]; // a name that no option has, or a value that is none of its type
        }
    }

    private static string[] OfDatabase(IServiceProvider services)
    {
        try
        {
            services.GetService<NpgsqlDataSource>(); // connects to nothing yet
            return [];
        }
        catch (ConnectionStringException e)
        {
            return [e.Message];
        }
    }
}
