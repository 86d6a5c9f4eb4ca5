using Mail.Core.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mail.Core.Projects;

/// <summary>A key must have the form of one; and Production takes no key or password of an example, which everybody knows.</summary>
internal sealed class BootstrapValidator(IHostEnvironment environment) : IValidateOptions<BootstrapOptions>
{
    private const int ShownOfKey = 8; // mk_live_

    public ValidateOptionsResult Validate(string? name, BootstrapOptions options)
    {
        List<string> failures = [];
        if (options.ApiKey is { } text && FormProblem(text) is { } ofForm) failures.Add(ofForm);
        if (environment.IsProduction()) AddSamples(options, failures);
        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }

    private static string? FormProblem(string key)
    {
        if (key.Length < 24 || !(key.StartsWith("mk_live_", StringComparison.Ordinal) || key.StartsWith("mk_test_", StringComparison.Ordinal)))
            return "Bootstrap:ApiKey must have 24 or more characters and begin with mk_live_ or mk_test_.";
        return ApiKeyText.IsDamaged(key) ? "Bootstrap:ApiKey has the form of a key that was made here, and its checksum is wrong: it was mistyped or cut." : null;
    }

    private static void AddSamples(BootstrapOptions options, List<string> failures)
    {
        if (options.ApiKey is { Length: > ShownOfKey } key && SampleSecret.Problem(key[ShownOfKey..]) is { } ofKey)
            failures.Add($"Bootstrap:ApiKey {ofKey}. Production refuses it. Set Bootstrap__ApiKey to mk_live_ and the output of `openssl rand -hex 24`, or leave it away and make keys in the console.");
        if (options.AdminPassword is { } password && SampleSecret.Problem(password) is { } ofPassword)
            failures.Add($"Bootstrap:AdminPassword {ofPassword}. Production refuses it. Set Bootstrap__AdminPassword to one that a password manager has made, such as the output of `openssl rand -base64 18`.");
    }
}
