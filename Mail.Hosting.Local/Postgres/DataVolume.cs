using Aspire.Hosting.ApplicationModel;

namespace Mail.Hosting.Local.Postgres;

/// <summary>The server's data outlives the application, under this name.</summary>
internal sealed record DataVolume(string Name) : IResourceAnnotation;
