using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.ServiceDefaults;

/// <summary>
/// Which machines in front of this one (ingress, load balancer) may say who the client is. Setting <c>TrustedProxies:0</c>,
/// <c>TrustedProxies:1</c>, ... takes networks such as <c>10.0.0.0/8</c>. None is trusted by default, not even loopback:
/// an <c>X-Forwarded-For</c> that anybody can write would get round the sign-in limit.
/// </summary>
public static class TrustedProxies
{
    /// <exception cref="FormatException">At start, if an entry is not a network in CIDR form.</exception>
    public static void AddTrustedProxies(this WebApplicationBuilder builder)
    {
        string[] networks = builder.Configuration.GetSection("TrustedProxies").Get<string[]>() ?? [];
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (string network in networks) options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
            // With both lists empty the middleware would believe everybody.
            options.ForwardedHeaders = networks.Length == 0
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        });
    }
}
