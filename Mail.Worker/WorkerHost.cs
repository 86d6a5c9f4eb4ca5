using Mail.Core.Workers;

namespace Mail.Worker;

/// <summary>Names this host where several hosts are referenced side by side: `Program` would be ambiguous.</summary>
public sealed class WorkerHost
{
    /// <summary>What may come as NAME_FILE, beside what every host knows.</summary>
    public static IReadOnlyList<string> SecretFileNames => WorkerRegistration.SecretFileNames;
}
