using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mail.Core.Contacts;

public static class ContactRegistration
{
    public static IServiceCollection AddContacts(this IServiceCollection services)
    {
        services.TryAddSingleton<ContactStore>();
        return services;
    }
}
