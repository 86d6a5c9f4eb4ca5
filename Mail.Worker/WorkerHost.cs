namespace Mail.Worker;

/// <summary>Names this host where several hosts are referenced side by side: `Program` would be ambiguous.</summary>
public sealed class WorkerHost;
