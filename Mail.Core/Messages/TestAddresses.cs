using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Mail.Core.Messages;

/// <summary>Section `TestAddresses`, of every host that accepts or delivers: both must know the same domain.</summary>
public sealed class TestAddressOptions
{
    /// <summary>Mail to this domain goes the whole way and never leaves. The default is under a top-level domain that nobody can own (RFC 2606).</summary>
    [Required, RegularExpression("^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$"), MaxLength(180)]
    public string Domain { get; set; } = "mail.test";
}

[OptionsValidator]
public sealed partial class TestAddressOptionsValidator : IValidateOptions<TestAddressOptions>;

/// <summary>What becomes of mail to a test address.</summary>
public enum TestBehavior
{
    /// <summary>A local part that means nothing: no such user, as anywhere.</summary>
    Unknown,

    /// <summary>Taken, then reported as delivered.</summary>
    Delivered,

    /// <summary>Refused for good.</summary>
    Bounced,

    /// <summary>Refused for now at first, taken later, then reported as delivered.</summary>
    Delayed,

    /// <summary>Taken, then reported as spam by its recipient.</summary>
    Complained,

    /// <summary>Counts as being on the suppression list: not sent.</summary>
    Suppressed,
}

/// <summary>
/// Addresses whose mail has a known fate, for testing an app against every state: `bounced@mail.test`, and with a label behind a plus sign, so that
/// tests tell their messages apart. They are accepted from everybody and never leave.
/// </summary>
public sealed class TestAddresses(IOptions<TestAddressOptions> options)
{
    /// <summary>In lower case, with its at sign.</summary>
    public string Ending { get; } = Lower($"@{options.Value.Domain}");

    public bool Contains(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.EndsWith(Ending, StringComparison.OrdinalIgnoreCase);
    }

    /// <param name="address">Without a display name.</param>
    /// <returns>Null for an address that is like any other.</returns>
    public TestBehavior? Of(string address)
    {
        if (!Contains(address)) return null;
        string local = address[..^Ending.Length];
        int label = local.IndexOf('+', StringComparison.Ordinal);
        return Lower(label < 0 ? local : local[..label]) switch
        {
            "delivered" => TestBehavior.Delivered,
            "bounced" => TestBehavior.Bounced,
            "delayed" => TestBehavior.Delayed,
            "complained" => TestBehavior.Complained,
            "suppressed" => TestBehavior.Suppressed,
            _ => TestBehavior.Unknown,
        };
    }

#pragma warning disable CA1308 // addresses are written in lower case
    private static string Lower(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308
}

public static class TestAddressRegistration
{
    /// <summary>May be called by each part that needs them.</summary>
    public static IServiceCollection AddTestAddresses(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(TestAddresses))) return services;
        services.AddSingleton<IValidateOptions<TestAddressOptions>, TestAddressOptionsValidator>();
        services.AddOptions<TestAddressOptions>().BindConfiguration("TestAddresses", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.TryAddSingleton<TestAddresses>();
        return services;
    }
}
