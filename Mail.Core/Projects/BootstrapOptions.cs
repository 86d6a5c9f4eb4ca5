namespace Mail.Core.Projects;

/// <summary>Section `Bootstrap`: what the first start of an empty system makes, so that somebody can use it.</summary>
public sealed class BootstrapOptions
{
    /// <summary>A key of the first project: 24 or more characters that begin with `mk_live_` or `mk_test_`.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The first console user, owner of the first project.</summary>
    public string? AdminEmail { get; set; }

    /// <summary>The first owner's password, until they choose another.</summary>
    public string? AdminPassword { get; set; }
}
