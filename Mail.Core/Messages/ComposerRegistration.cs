using Mail.Core.Database;
using Mail.Core.Templates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mail.Core.Messages;

public static class ComposerRegistration
{
    /// <summary>What turns a stored message into a mail: for workers, and for the API that shows it.</summary>
    public static IServiceCollection AddMessageComposer(this IServiceCollection services)
    {
        services.AddTemplates();
        services.TryAddSingleton<AttachmentStore>();
        services.TryAddSingleton<InstallationKeys>();
        services.TryAddSingleton<MessageSecrets>();
        services.TryAddSingleton<MessageComposer>();
        return services;
    }
}
