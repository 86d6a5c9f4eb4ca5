using Mail.Core.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mail.Core.Projects;

/// <summary>Production takes no key or password of an example, which everybody knows.</summary>
internal sealed class BootstrapValidator(IHostEnvironment environment) : IValidateOptions<BootstrapOptions>
{
    private const int ShownOfKey = 8; // mk_live_

    public ValidateOptionsResult Validate(string? name, BootstrapOptions options)
    {
        if (!environment.IsProduction()) return ValidateOptionsResult.Success;
        List<string> failures = [];
        if (options.ApiKey is { Length: > ShownOfKey } key && SampleSecret.Problem(key[ShownOfKey..]) is { } ofKey)
            failures.Add($"Bootstrap:ApiKey {ofKey}. Production refuses it. Set Bootstrap__ApiKey to mk_live_ and the output of `openssl rand -hex 24`, or leave it away and make keys in the console.");
        if (options.AdminPassword is { } password && SampleSecret.Problem(password) is { } ofPassword)
            failures.Add($"Bootstrap:AdminPassword {ofPassword}. Production refuses it. Set Bootstrap__AdminPassword to one that a password manager has made, such as the output of `openssl rand -base64 18`.");
        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }
}
